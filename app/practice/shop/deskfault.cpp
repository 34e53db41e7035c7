#include "app/practice/shop/deskfault.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

const std::array kLines{
    FaultLine<DeskFault>{
        DeskFault::CrossPath, "cross_path",
        QT_TRANSLATE_NOOP("PracticeDesk", "An invoice of another tenant is shown when its id stands in the path.")},
    FaultLine<DeskFault>{
        DeskFault::CrossQuery, "cross_query",
        QT_TRANSLATE_NOOP("PracticeDesk", "An invoice of another tenant is shown when its id stands in the query.")},
    FaultLine<DeskFault>{DeskFault::CrossExport, "cross_export",
                         QT_TRANSLATE_NOOP("PracticeDesk", "The export holds the rows of every tenant.")},
    FaultLine<DeskFault>{DeskFault::CrossSearch, "cross_search",
                         QT_TRANSLATE_NOOP("PracticeDesk", "The search finds the invoices of every tenant.")},
    FaultLine<DeskFault>{DeskFault::FileUnsigned, "file_unsigned",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Files are given without a signed link.")},
    FaultLine<DeskFault>{DeskFault::SocketAnyOrigin, "socket_any_origin",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Live connections open for pages of any site.")},
    FaultLine<DeskFault>{DeskFault::GraphQlNode, "graphql_node",
                         QT_TRANSLATE_NOOP("PracticeDesk", "The field node gives the objects of every tenant.")},
    FaultLine<DeskFault>{DeskFault::GraphQlListFilter, "graphql_list_filter",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Lists show any tenant that tenantId asks for.")},
    FaultLine<DeskFault>{DeskFault::GraphQlMutation, "graphql_mutation",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Another tenant's invoice can be changed by a mutation.")},
    FaultLine<DeskFault>{DeskFault::GraphQlOpen, "graphql_open",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Questions are answered without a session.")},
    FaultLine<DeskFault>{DeskFault::GraphQlAdminField, "graphql_admin_field",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Members can ask for the list of users.")},
    FaultLine<DeskFault>{DeskFault::GraphQlUserLookup, "graphql_user_lookup",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Strangers can ask for the person who has an address.")},
    FaultLine<DeskFault>{DeskFault::GraphQlIntrospection, "graphql_introspection",
                         QT_TRANSLATE_NOOP("PracticeDesk", "The schema is shown to everybody.")},
    FaultLine<DeskFault>{
        DeskFault::GraphQlAliasesUnlimited, "graphql_aliases_unlimited",
        QT_TRANSLATE_NOOP("PracticeDesk", "One question may try as many passwords as it has aliases.")},
    FaultLine<DeskFault>{DeskFault::GraphQlBatchUnlimited, "graphql_batch_unlimited",
                         QT_TRANSLATE_NOOP("PracticeDesk", "One request may hold as many questions as it likes.")},
    FaultLine<DeskFault>{DeskFault::MemberDoesAdmin, "member_does_admin",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Members can open the admin's pages.")},
    FaultLine<DeskFault>{DeskFault::AdminOpen, "admin_open",
                         QT_TRANSLATE_NOOP("PracticeDesk", "The admin's pages need no session.")},
    FaultLine<DeskFault>{
        DeskFault::MethodOverride, "method_override",
        QT_TRANSLATE_NOOP("PracticeDesk", "A form can carry out another method than the one that was checked.")},
    FaultLine<DeskFault>{DeskFault::PathCaseBypass, "path_case_bypass",
                         QT_TRANSLATE_NOOP("PracticeDesk", "A path in other letters misses its rule and is served.")},
    FaultLine<DeskFault>{
        DeskFault::DoubleSlashBypass, "double_slash_bypass",
        QT_TRANSLATE_NOOP("PracticeDesk", "A path with a double slash misses its rule and is served.")},
    FaultLine<DeskFault>{
        DeskFault::MassRole, "mass_role",
        QT_TRANSLATE_NOOP("PracticeDesk", "People can set their own role in the form of their account.")},
    FaultLine<DeskFault>{DeskFault::MassTenant, "mass_tenant",
                         QT_TRANSLATE_NOOP("PracticeDesk", "An invoice can be written into another tenant.")},
    FaultLine<DeskFault>{DeskFault::CsrfUnchecked, "csrf_unchecked",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Forms are taken without their token.")},
    FaultLine<DeskFault>{DeskFault::SessionFixation, "session_fixation",
                         QT_TRANSLATE_NOOP("PracticeDesk", "The session from before signing in goes on after it.")},
    FaultLine<DeskFault>{
        DeskFault::SessionByAddress, "session_by_address",
        QT_TRANSLATE_NOOP("PracticeDesk", "All who sign in from one address share a session, whoever they are.")},
    FaultLine<DeskFault>{DeskFault::LogoutKeepsSession, "logout_keeps_session",
                         QT_TRANSLATE_NOOP("PracticeDesk", "A session goes on after signing out.")},
    FaultLine<DeskFault>{DeskFault::SessionForEver, "session_for_ever",
                         QT_TRANSLATE_NOOP("PracticeDesk", "A session never ends.")},
    FaultLine<DeskFault>{DeskFault::CookieReadable, "cookie_readable",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Scripts can read the session's cookie.")},
    FaultLine<DeskFault>{DeskFault::PasswordChangeKeepsSessions, "password_change_keeps_sessions",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Other sessions go on after a change of the password.")},
    FaultLine<DeskFault>{
        DeskFault::SignOnUnbound, "sign_on_unbound",
        QT_TRANSLATE_NOOP("PracticeDesk", "Signing in by Harbor ID ties nothing to the browser that began it.")},
    FaultLine<DeskFault>{
        DeskFault::SignOnRedirectByBeginning, "sign_on_redirect_by_beginning",
        QT_TRANSLATE_NOOP("PracticeDesk", "Harbor ID compares only the beginning of the address it answers to.")},
    FaultLine<DeskFault>{DeskFault::LoginText, "login_text",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Signing in says whether there is such an account.")},
    FaultLine<DeskFault>{DeskFault::LoginStatus, "login_status",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Signing in answers unknown accounts with another status.")},
    FaultLine<DeskFault>{DeskFault::LoginTime, "login_time",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Signing in takes longer for accounts that are there.")},
    FaultLine<DeskFault>{
        DeskFault::ResetText, "reset_text",
        QT_TRANSLATE_NOOP("PracticeDesk", "Asking for a reset says whether there is such an account.")},
    FaultLine<DeskFault>{
        DeskFault::ResetStatus, "reset_status",
        QT_TRANSLATE_NOOP("PracticeDesk", "Asking for a reset answers unknown accounts with another status.")},
    FaultLine<DeskFault>{
        DeskFault::ResetTime, "reset_time",
        QT_TRANSLATE_NOOP("PracticeDesk", "Asking for a reset takes longer for accounts that are there.")},
    FaultLine<DeskFault>{DeskFault::ResetReusable, "reset_reusable",
                         QT_TRANSLATE_NOOP("PracticeDesk", "A reset link works again.")},
    FaultLine<DeskFault>{DeskFault::ResetNeverExpires, "reset_never_expires",
                         QT_TRANSLATE_NOOP("PracticeDesk", "A reset link works for ever.")},
    FaultLine<DeskFault>{DeskFault::ResetHostPoisoned, "reset_host_poisoned",
                         QT_TRANSLATE_NOOP("PracticeDesk", "A reset link leads to the host that the request names.")},
    FaultLine<DeskFault>{DeskFault::NoAccountLimit, "no_account_limit",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Passwords of one account can be tried without end.")},
    FaultLine<DeskFault>{DeskFault::NoAddressLimit, "no_address_limit",
                         QT_TRANSLATE_NOOP("PracticeDesk", "One address can try as many accounts as it likes.")},
    FaultLine<DeskFault>{
        DeskFault::LimitByForwardedFor, "limit_by_forwarded_for",
        QT_TRANSLATE_NOOP("PracticeDesk", "The address that tries are counted by is the one that the request names.")},
    FaultLine<DeskFault>{
        DeskFault::LimitByEmailCase, "limit_by_email_case",
        QT_TRANSLATE_NOOP("PracticeDesk", "Tries are counted apart for every way to write the e-mail address.")},
    FaultLine<DeskFault>{
        DeskFault::LockedForEver, "locked_for_ever",
        QT_TRANSLATE_NOOP("PracticeDesk", "After wrong passwords the account is locked until somebody calls.")},
    FaultLine<DeskFault>{DeskFault::CrashOnBadInput, "crash_on_bad_input",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Bad input makes the server fail.")},
    FaultLine<DeskFault>{DeskFault::StackTrace, "stack_trace",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Bad input shows the program's inside.")},
    FaultLine<DeskFault>{DeskFault::SqlError, "sql_error",
                         QT_TRANSLATE_NOOP("PracticeDesk", "A quote in a text shows the database's error.")},
    FaultLine<DeskFault>{
        DeskFault::ReflectsHtml, "reflects_html",
        QT_TRANSLATE_NOOP("PracticeDesk", "The search shows what was searched for as it is, tags and all.")},
    FaultLine<DeskFault>{DeskFault::TooLongAccepted, "too_long_accepted",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Texts of any length are stored.")},
    FaultLine<DeskFault>{DeskFault::PersonalPageCached, "personal_page_cached",
                         QT_TRANSLATE_NOOP("PracticeDesk", "Personal pages may be kept by shared caches.")},
    FaultLine<DeskFault>{
        DeskFault::CacheDeception, "cache_deception",
        QT_TRANSLATE_NOOP("PracticeDesk", "Personal pages are served under addresses that look like files.")},
};

const FaultLine<DeskFault> &lineOf(DeskFault fault)
{
    return *std::find_if(kLines.begin(), kLines.end(), [&](const auto &line) { return line.fault == fault; });
}

} // namespace

std::span<const FaultLine<DeskFault>> allDeskFaults()
{
    return kLines;
}

QString sentenceOf(DeskFault fault)
{
    return QCoreApplication::translate("PracticeDesk", lineOf(fault).what);
}

const char *nameOf(DeskFault fault)
{
    return lineOf(fault).name;
}

} // namespace cockpit
