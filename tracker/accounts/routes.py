"""Every named route and its action. A route without a row is refused, and fails the tests."""

from tracker.accounts.permissions import Action, Person, may
from tracker.accounts.roles import ApiScope

ROUTES: dict[str, Action] = {
    "home": Action.READ_PUBLISHED,
    "explore": Action.READ_PUBLISHED,
    "area": Action.READ_PUBLISHED,
    "map": Action.READ_PUBLISHED,
    "map-data": Action.READ_PUBLISHED,
    "map-svg": Action.READ_PUBLISHED,
    "map-png": Action.READ_PUBLISHED,
    "chart-svg": Action.READ_PUBLISHED,
    "chart-png": Action.READ_PUBLISHED,
    "adoption-csv": Action.READ_PUBLISHED,
    "method": Action.READ_PUBLISHED,
    "data": Action.READ_PUBLISHED,
    "data-dictionary": Action.READ_PUBLISHED,
    "data-questionnaire": Action.READ_PUBLISHED,
    "data-feed": Action.READ_PUBLISHED,
    "data-latest": Action.READ_PUBLISHED,
    "data-latest-file": Action.READ_PUBLISHED,
    "data-release": Action.READ_PUBLISHED,
    "data-file": Action.READ_PUBLISHED,
    "extract": Action.TAKE_EXTRACT,
    "extract-workbook": Action.TAKE_EXTRACT,
    "extract-file": Action.TAKE_EXTRACT,
    "releases": Action.PUBLISH,
    "release-act": Action.PUBLISH,
    "claims": Action.READ_PUBLISHED,
    "claim": Action.READ_PUBLISHED,
    "claim-first": Action.READ_PUBLISHED,
    "claims-manage": Action.PUBLISH,
    "claim-end": Action.PUBLISH,
    "rules": Action.READ_PUBLISHED,
    "rule-add": Action.SET_RULES,
    "rule-end": Action.SET_RULES,
    "healthz": Action.READ_PUBLISHED,
    "set-language": Action.READ_PUBLISHED,
    "api-root": Action.READ_PUBLISHED,
    "api-adoption": Action.READ_PUBLISHED,
    "api-adoption-series": Action.READ_PUBLISHED,
    "api-areas": Action.READ_PUBLISHED,
    "api-segments": Action.READ_PUBLISHED,
    "api-releases": Action.READ_PUBLISHED,
    "api-shops": Action.READ_SHOPS,
    "api-jobs": Action.SEE_JOBS,
    "api-schema": Action.READ_PUBLISHED,
    "api-docs": Action.READ_PUBLISHED,
    "api-nothing": Action.READ_PUBLISHED,
    "api-field-plan": Action.FIND_SHOP,
    "api-field-work": Action.LOG_VISIT,
    "api-session": Action.OPEN_FIELD_APP,
    "api-open": Action.SYNC,
    "api-batch": Action.SYNC,
    "api-visit-photo": Action.SYNC,
    "api-withdraw": Action.WITHDRAW_VISIT,
    "account_login": Action.SIGN_IN,
    "account_logout": Action.SIGN_IN,
    "account_inactive": Action.SIGN_IN,
    "account_change_password": Action.KEEP_OWN_ACCOUNT,
    "demo-enter": Action.SIGN_IN,
    "field-app": Action.OPEN_FIELD_APP,
    "field-app-shell": Action.OPEN_FIELD_APP,
    "field-app-manifest": Action.OPEN_FIELD_APP,
    "field-app-worker": Action.OPEN_FIELD_APP,
    "field-home": Action.FIND_SHOP,
    "field-new-shop": Action.REGISTER_SHOP,
    "field-visit": Action.LOG_VISIT,
    "field-entries": Action.LOG_VISIT,
    "field-entry": Action.RESUBMIT_VISIT,
    "field-withdraw": Action.WITHDRAW_VISIT,
    "photo": Action.SEE_PHOTO,
    "desk-queue": Action.SEE_QUEUE,
    "desk-entry": Action.SEE_QUEUE,
    "desk-decide": Action.DECIDE,
    "desk-reopen": Action.REOPEN,
    "desk-list": Action.SEE_QUEUE,
    "desk-panel": Action.SEE_QUEUE,
    "desk-keys": Action.SEE_QUEUE,
    "desk-mine": Action.DECIDE,
    "desk-together": Action.DECIDE,
    "desk-undo": Action.DECIDE,
    "desk-renew": Action.DECIDE,
    "desk-leave": Action.DECIDE,
    "desk-skip": Action.DECIDE,
    "desk-correct": Action.CORRECT_VISIT,
    "desk-shops": Action.CORRECT_SHOP,
    "desk-merge": Action.CORRECT_SHOP,
    "desk-split": Action.CORRECT_SHOP,
    "desk-two-shops": Action.CORRECT_SHOP,
    "desk-checks": Action.CHECK_DECISIONS,
    "desk-check": Action.CHECK_DECISIONS,
    "desk-object": Action.CHECK_DECISIONS,
    "desk-agreement": Action.SEE_QUALITY,
    "team": Action.MANAGE_PEOPLE,
    "person": Action.SEE_PERSON,
    "person-role": Action.MANAGE_PEOPLE,
    "person-close": Action.MANAGE_PEOPLE,
    "person-open": Action.MANAGE_PEOPLE,
    "person-let-in": Action.MANAGE_PEOPLE,
    "person-assign": Action.MANAGE_PEOPLE,
    "person-unassign": Action.MANAGE_PEOPLE,
    "device-end": Action.END_DEVICE,
    "tokens": Action.KEEP_TOKENS,
    "token-end": Action.KEEP_TOKENS,
    "invitation": Action.ACCEPT_INVITATION,
    "log": Action.READ_LOG,
    "trail": Action.READ_LOG,  # the old address of the log
    "log-file": Action.EXPORT_LOG,
}
# Whole sites that bring their own routes.
NAMESPACES: dict[str, Action] = {"admin": Action.USE_ADMIN}
# What a token can open, and the scope it needs. Whatever is not named here no token opens:
# neither the field app nor the desk, whoever the token belongs to.
SCOPES: dict[str, ApiScope] = {
    "api-root": ApiScope.ADOPTION,
    "api-adoption": ApiScope.ADOPTION,
    "api-adoption-series": ApiScope.ADOPTION,
    "api-areas": ApiScope.ADOPTION,
    "api-segments": ApiScope.ADOPTION,
    "api-releases": ApiScope.ADOPTION,
    "api-schema": ApiScope.ADOPTION,
    "api-nothing": ApiScope.ADOPTION,
    "api-shops": ApiScope.SHOPS,
    "api-jobs": ApiScope.JOBS,
}


def action_of(view_name: str) -> Action | None:
    """The action a resolved route needs; None where nobody thought of it."""
    namespace, _, _ = view_name.rpartition(":")
    if namespace:
        return NAMESPACES.get(namespace)
    return ROUTES.get(view_name)


def scopes_for(person: Person) -> list[ApiScope]:
    """The scopes that are of use to a person: each opens something that the table allows."""
    useful = {scope for route, scope in SCOPES.items() if may(person, ROUTES[route])}
    return [scope for scope in ApiScope if scope in useful]
