//! Which deeds a text allows where it stands, and to whom: the one table that deeds check and buttons ask.

use crate::error::{Denied, Error, Result};
use crate::model::account::Role;
use crate::model::dossier::State;
use crate::model::journal::Deed;

use State::{Approved, Draft, Live, Removed, Scheduled, Submitted, Withdrawn};

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What is done.
    pub deed: Deed,
    /// Where the text must stand.
    pub from: &'static [State],
    /// Where it may stand besides in an emergency, for a reason that the journal keeps.
    pub in_emergency: &'static [State],
    /// The least role that may do it.
    pub role: Role,
}

const fn rule(deed: Deed, from: &'static [State], role: Role) -> Rule {
    Rule {
        deed,
        from,
        in_emergency: &[],
        role,
    }
}

const fn unless_urgent(deed: Deed, from: &'static [State], in_emergency: &'static [State], role: Role) -> Rule {
    Rule {
        deed,
        from,
        in_emergency,
        role,
    }
}

/// Every deed that begins from a text.
pub const TABLE: &[Rule] = &[
    rule(Deed::Save, State::ALL, Role::Author),
    rule(Deed::Merge, State::ALL, Role::Author),
    rule(Deed::Restore, State::ALL, Role::Author),
    rule(Deed::Level, State::ALL, Role::Author),
    rule(Deed::Abandon, &[Draft], Role::Author),
    rule(Deed::Submit, &[Draft], Role::Author),
    rule(Deed::TakeBack, &[Submitted, Approved], Role::Author),
    rule(Deed::Approve, &[Submitted], Role::Editor),
    rule(Deed::Return, &[Submitted, Approved], Role::Editor),
    unless_urgent(Deed::Publish, &[Approved], &[Draft, Submitted], Role::Editor),
    unless_urgent(Deed::Schedule, &[Approved], &[Draft, Submitted], Role::Editor),
    rule(Deed::Move, &[Scheduled], Role::Editor),
    rule(Deed::Cancel, &[Scheduled], Role::Editor),
    rule(Deed::Withdraw, &[Live], Role::Editor),
    rule(Deed::Remove, &[Live], Role::Editor),
    rule(Deed::BringBack, &[Withdrawn, Removed], Role::Editor),
    rule(Deed::Redact, State::ALL, Role::Administrator),
];

/// Deeds that begin from no text, and the least role that may do each.
pub const WITHOUT_TEXT: &[(Deed, Role)] = &[
    (Deed::Create, Role::Author),
    (Deed::SetFourEyes, Role::Administrator),
    (Deed::OpenAccount, Role::Administrator),
    (Deed::CloseAccount, Role::Administrator),
    (Deed::ReopenAccount, Role::Administrator),
    (Deed::ChangeRole, Role::Administrator),
    (Deed::ResetPassword, Role::Administrator),
];

/// What a text allows to a role where it stands: the buttons of its page.
pub fn allowed(state: State, role: Role) -> impl Iterator<Item = Deed> {
    TABLE
        .iter()
        .filter(move |rule| role >= rule.role && rule.from.contains(&state))
        .map(|rule| rule.deed)
}

/// Checks that a text allows a deed to a role where it stands.
///
/// # Errors
/// [`Denied::Role`], then [`Denied::State`]; [`Denied::Unapproved`] for what only an emergency allows.
pub fn check(deed: Deed, state: State, role: Role, is_emergency: bool) -> Result<()> {
    let denied = TABLE
        .iter()
        .find(|rule| rule.deed == deed)
        .map_or(Some(Denied::Role), |rule| {
            if role < rule.role {
                Some(Denied::Role)
            } else if rule.from.contains(&state) || is_emergency && rule.in_emergency.contains(&state) {
                None
            } else if rule.in_emergency.contains(&state) {
                Some(Denied::Unapproved)
            } else {
                Some(Denied::State)
            }
        });
    denied.map_or(Ok(()), |denied| Err(Error::Denied(denied)))
}

/// Checks that a role may do a deed that begins from no text.
///
/// # Errors
/// [`Denied::Role`].
pub fn check_role(deed: Deed, role: Role) -> Result<()> {
    let is_allowed = WITHOUT_TEXT
        .iter()
        .any(|(known, least)| *known == deed && role >= *least);
    if is_allowed {
        Ok(())
    } else {
        Err(Error::Denied(Denied::Role))
    }
}
