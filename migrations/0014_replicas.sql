-- Whether this copy of the database holds what was announced under a number, and so all that was committed before it: asked
-- of a replica before a page is read there. Only who knows the token learns anything, so that numbers tell of no deed.
create function site.holds_announcement(announced_as bigint, announced_with text) returns boolean
    language sql stable security definer set search_path = public, pg_temp
    return exists (select from announcement a where a.number = announced_as and a.token::text = announced_with);
