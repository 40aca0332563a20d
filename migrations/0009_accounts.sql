-- People who do deeds: their accounts, their sessions, and what guards the door.

-- Null in these columns is the truth for the programs, and `created_at` for whoever was there before.
alter table account
    add column email text constraint account_email_unique unique
        constraint account_email_form check (email ~ '^[^[:space:]@A-Z]+@[^[:space:]@A-Z]+$' and length(email) <= 254),
    add column role text constraint account_role_known check (role in ('author', 'editor', 'administrator')),
    -- In which language the desk speaks; the content is always shown in both.
    add column language text not null default 'fr' constraint account_language_known check (language in ('fr', 'en')),
    -- Argon2id in the PHC string format; null until a password is chosen.
    add column password text constraint account_password_hashed check (password like '$argon2id$%'),
    add column disabled_at timestamptz,
    add column created_at timestamptz,
    add constraint account_name_one_line check (length(name) <= 200 and name !~ '[\r\n]'),
    -- Not looked for in the rows of before, which no person used.
    add constraint account_of_person check (program = (email is null) and program = (role is null)) not valid;
alter table account alter column created_at set default instant();

create trigger account_is_kept before delete or truncate on account execute function refuse_change('account_is_kept');

-- Somebody can always appoint others. Two administrators who disable each other at once wait for each other here.
create function account_last_administrator() returns trigger
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('mandat administrators'));
    if not exists (select from account a where a.id <> old.id and a.role = 'administrator' and a.disabled_at is null
                    and a.password is not null) then
        perform refuse('account_last_administrator', 'the last administrator who can sign in stays one');
    end if;
    return new;
end
$$;
create trigger account_last_administrator before update of role, disabled_at on account
    for each row when (old.role = 'administrator' and old.disabled_at is null
                       and (new.role <> 'administrator' or new.disabled_at is not null))
    execute function account_last_administrator();

-- Of every secret that is given to a browser only the SHA-256 is kept: whoever reads the database can use none of them.

-- A browser in which somebody signed in. What has ended is kept for a day, so that a form posted too late is known.
create table session (
    id bigint generated always as identity constraint session_pkey primary key,
    token bytea not null constraint session_token_unique unique
        constraint session_token_digested check (length(token) = 32),
    account_id bigint not null constraint session_account references account,
    -- What the browser calls itself, and the network that it came from: for its owner's list of sessions.
    browser text constraint session_browser_bounded check (length(browser) <= 300),
    network text,
    created_at timestamptz not null default instant(),
    seen_at timestamptz not null default instant(),
    ended_at timestamptz
);
create index session_by_account on session (account_id);

-- A link that lets somebody choose a password: used once, and gone.
create table one_time_link (
    token bytea constraint one_time_link_pkey primary key
        constraint one_time_link_token_digested check (length(token) = 32),
    -- Null: the first administrator, who has no account yet.
    account_id bigint constraint one_time_link_account references account
        constraint one_time_link_newest_only unique,
    expires_at timestamptz not null
);

-- How often a sign-in failed lately: of one account name, of one network, of one known browser, each by its digest.
create table throttle (
    subject bytea constraint throttle_pkey primary key constraint throttle_subject_digested check (length(subject) = 32),
    failures double precision not null constraint throttle_failures_positive check (failures >= 0),
    last_at timestamptz not null
);

-- A browser in which somebody signed in before: others who try that account's door cannot hold its owner up there.
create table known_browser (
    token bytea constraint known_browser_pkey primary key
        constraint known_browser_token_digested check (length(token) = 32),
    account_id bigint not null constraint known_browser_account references account,
    seen_at timestamptz not null default instant()
);

-- A form that was posted when its session had ended, sealed with a key that only the browser has.
create table kept_form (
    id bigint generated always as identity constraint kept_form_pkey primary key,
    browser bytea not null constraint kept_form_browser_digested check (length(browser) = 32),
    account_id bigint not null constraint kept_form_account references account,
    path text not null,
    sealed bytea not null constraint kept_form_bounded check (length(sealed) <= 600000),
    created_at timestamptz not null default instant()
);
create index kept_form_by_account on kept_form (account_id);

-- The desk's rights on all this; readers have none. `migrate` calls this after `grant_roles`.
create function grant_accounts(desk name) returns void
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('mandat roles'));
    execute format('grant select, insert on session, one_time_link, throttle, known_browser, kept_form to %I', desk);
    execute format('grant update (name, role, language, password, disabled_at) on account to %I', desk);
    execute format('grant update (seen_at, ended_at), delete on session to %I', desk);
    execute format('grant update (token, expires_at), delete on one_time_link to %I', desk);
    execute format('grant update (failures, last_at), delete on throttle to %I', desk);
    execute format('grant update (seen_at), delete on known_browser to %I', desk);
    execute format('grant delete on kept_form to %I', desk);
    execute format('revoke execute on function grant_accounts(name) from %I', desk);
end
$$;
