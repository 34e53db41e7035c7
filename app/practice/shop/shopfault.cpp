#include "app/practice/shop/shopfault.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

const std::array kLines{
    FaultLine<ShopFault>{
        ShopFault::CrossPath, "cross_path",
        QT_TRANSLATE_NOOP("PracticeShop", "A record of another tenant is given when its id stands in the path.")},
    FaultLine<ShopFault>{
        ShopFault::CrossMethod, "cross_method",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "A record of another tenant is given to a POST whose field says that it is a GET.")},
    FaultLine<ShopFault>{
        ShopFault::CrossWildcard, "cross_wildcard",
        QT_TRANSLATE_NOOP("PracticeShop", "The word null in place of an id finds the records of every tenant.")},
    FaultLine<ShopFault>{ShopFault::CrossIdList, "cross_id_list",
                         QT_TRANSLATE_NOOP("PracticeShop", "Of several ids in the query only the first is checked.")},
    FaultLine<ShopFault>{
        ShopFault::CrossQuery, "cross_query",
        QT_TRANSLATE_NOOP("PracticeShop", "A record of another tenant is given when its id stands in the query.")},
    FaultLine<ShopFault>{
        ShopFault::CrossBody, "cross_body",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "Records of another tenant are given when their ids stand in the body of a look-up.")},
    FaultLine<ShopFault>{ShopFault::CrossHeader, "cross_header",
                         QT_TRANSLATE_NOOP("PracticeShop", "The field X-Tenant-Id switches to any tenant.")},
    FaultLine<ShopFault>{ShopFault::CrossListFilter, "cross_list_filter",
                         QT_TRANSLATE_NOOP("PracticeShop", "Lists show any tenant that tenant_id asks for.")},
    FaultLine<ShopFault>{
        ShopFault::CrossPollutedFilter, "cross_polluted_filter",
        QT_TRANSLATE_NOOP("PracticeShop", "When tenant_id stands twice, the first is checked and the last is used.")},
    FaultLine<ShopFault>{ShopFault::CrossExport, "cross_export",
                         QT_TRANSLATE_NOOP("PracticeShop", "The export holds the rows of every tenant.")},
    FaultLine<ShopFault>{ShopFault::CrossSearch, "cross_search",
                         QT_TRANSLATE_NOOP("PracticeShop", "The search finds the records of every tenant.")},
    FaultLine<ShopFault>{ShopFault::CrossSocket, "cross_socket",
                         QT_TRANSLATE_NOOP("PracticeShop", "A live connection opens for another tenant's customer.")},
    FaultLine<ShopFault>{
        ShopFault::CrossSubscribe, "cross_subscribe",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "A live connection tells of changes of another tenant's records to whoever subscribes.")},
    FaultLine<ShopFault>{ShopFault::CrossFile, "cross_file",
                         QT_TRANSLATE_NOOP("PracticeShop", "A file is given to whoever is signed in.")},
    FaultLine<ShopFault>{ShopFault::FileOpen, "file_open",
                         QT_TRANSLATE_NOOP("PracticeShop", "Files are given without a session.")},
    FaultLine<ShopFault>{
        ShopFault::BlindWrite, "blind_write",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "A change of another tenant's record is refused in words and made all the same.")},
    FaultLine<ShopFault>{
        ShopFault::ExistenceOracle, "existence_oracle",
        QT_TRANSLATE_NOOP("PracticeShop", "Another tenant's records answer 403 where unknown ones answer 404.")},
    FaultLine<ShopFault>{ShopFault::MemberDoesAdmin, "member_does_admin",
                         QT_TRANSLATE_NOOP("PracticeShop", "Members can do what only admins should.")},
    FaultLine<ShopFault>{ShopFault::ViewerWrites, "viewer_writes",
                         QT_TRANSLATE_NOOP("PracticeShop", "Viewers can change records.")},
    FaultLine<ShopFault>{ShopFault::AdminRouteOpen, "admin_route_open",
                         QT_TRANSLATE_NOOP("PracticeShop", "The admin's lists are given without a session.")},
    FaultLine<ShopFault>{ShopFault::SignedInRouteOpen, "signed_in_route_open",
                         QT_TRANSLATE_NOOP("PracticeShop", "The list of customers is given without a session.")},
    FaultLine<ShopFault>{
        ShopFault::MethodOverride, "method_override",
        QT_TRANSLATE_NOOP(
            "PracticeShop",
            "The rule is looked up for the method on the wire, and the method of an override field is carried out.")},
    FaultLine<ShopFault>{
        ShopFault::OriginalUrlHonoured, "original_url_honoured",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "The rule is looked up for the path on the wire, and the path in X-Original-URL is served.")},
    FaultLine<ShopFault>{ShopFault::PathCaseBypass, "path_case_bypass",
                         QT_TRANSLATE_NOOP("PracticeShop", "A path in other letters misses its rule and is served.")},
    FaultLine<ShopFault>{
        ShopFault::TrailingSlashBypass, "trailing_slash_bypass",
        QT_TRANSLATE_NOOP("PracticeShop", "A path with a slash at its end misses its rule and is served.")},
    FaultLine<ShopFault>{
        ShopFault::EncodedPathBypass, "encoded_path_bypass",
        QT_TRANSLATE_NOOP("PracticeShop", "A path with encoded letters misses its rule and is served.")},
    FaultLine<ShopFault>{
        ShopFault::DoubleSlashBypass, "double_slash_bypass",
        QT_TRANSLATE_NOOP("PracticeShop", "A path with a double slash misses its rule and is served.")},
    FaultLine<ShopFault>{
        ShopFault::SemicolonBypass, "semicolon_bypass",
        QT_TRANSLATE_NOOP("PracticeShop", "A path with a semicolon part misses its rule and is served.")},
    FaultLine<ShopFault>{ShopFault::VersionAliasOpen, "version_alias_open",
                         QT_TRANSLATE_NOOP("PracticeShop", "The addresses of versions v0 and v1 have no rules.")},
    FaultLine<ShopFault>{ShopFault::SubdomainOpen, "subdomain_open",
                         QT_TRANSLATE_NOOP("PracticeShop", "The beta host serves the API without rules.")},
    FaultLine<ShopFault>{
        ShopFault::InternalAddressTrusted, "internal_address_trusted",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "Who says in X-Forwarded-For that they are the server itself needs no session.")},
    FaultLine<ShopFault>{ShopFault::MiddlewareHeaderTrusted, "middleware_header_trusted",
                         QT_TRANSLATE_NOOP("PracticeShop", "The field x-middleware-subrequest skips the rules.")},
    FaultLine<ShopFault>{
        ShopFault::ContentTypeBypass, "content_type_bypass",
        QT_TRANSLATE_NOOP("PracticeShop", "The rules are applied to JSON alone, and forms are read as well.")},
    FaultLine<ShopFault>{ShopFault::MassRole, "mass_role",
                         QT_TRANSLATE_NOOP("PracticeShop", "People can set their own role in their profile.")},
    FaultLine<ShopFault>{ShopFault::MassOwner, "mass_owner",
                         QT_TRANSLATE_NOOP("PracticeShop", "A record's owner can be set by whoever writes it.")},
    FaultLine<ShopFault>{ShopFault::MassTenant, "mass_tenant",
                         QT_TRANSLATE_NOOP("PracticeShop", "A record can be written into another tenant.")},
    FaultLine<ShopFault>{
        ShopFault::MassPrice, "mass_price",
        QT_TRANSLATE_NOOP("PracticeShop", "An invoice's total is taken from the request instead of its lines.")},
    FaultLine<ShopFault>{ShopFault::MassPlan, "mass_plan",
                         QT_TRANSLATE_NOOP("PracticeShop", "People can set their own plan in their profile.")},
    FaultLine<ShopFault>{ShopFault::MassVerified, "mass_verified",
                         QT_TRANSLATE_NOOP("PracticeShop", "People can mark themselves as verified.")},
    FaultLine<ShopFault>{ShopFault::AlgNone, "alg_none",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens with the algorithm none are taken.")},
    FaultLine<ShopFault>{ShopFault::AlgNoneOtherCase, "alg_none_other_case",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens with the algorithm None or nOnE are taken.")},
    FaultLine<ShopFault>{ShopFault::SignatureIgnored, "signature_ignored",
                         QT_TRANSLATE_NOOP("PracticeShop", "A token's signature is not checked.")},
    FaultLine<ShopFault>{ShopFault::SignatureStripped, "signature_stripped",
                         QT_TRANSLATE_NOOP("PracticeShop", "A token without its signature is taken.")},
    FaultLine<ShopFault>{ShopFault::BlankKey, "blank_key",
                         QT_TRANSLATE_NOOP("PracticeShop", "A token signed with an empty key is taken.")},
    FaultLine<ShopFault>{
        ShopFault::KeyConfusion, "key_confusion",
        QT_TRANSLATE_NOOP("PracticeShop", "A token signed with the public key as a shared secret is taken.")},
    FaultLine<ShopFault>{
        ShopFault::KidFile, "kid_file",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "The key's id is read as a file name, so that an empty file makes an empty key.")},
    FaultLine<ShopFault>{
        ShopFault::KidSql, "kid_sql",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "The key's id is put into a database question, so that whoever asks chooses the key.")},
    FaultLine<ShopFault>{ShopFault::EmbeddedKey, "embedded_key",
                         QT_TRANSLATE_NOOP("PracticeShop", "A token may bring the key that checks it.")},
    FaultLine<ShopFault>{
        ShopFault::UnknownCritAccepted, "unknown_crit_accepted",
        QT_TRANSLATE_NOOP("PracticeShop", "Extensions that a token marks as critical are passed over.")},
    FaultLine<ShopFault>{ShopFault::ExpiredAccepted, "expired_accepted",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens are taken after their end.")},
    FaultLine<ShopFault>{ShopFault::NotYetValidAccepted, "not_yet_valid_accepted",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens are taken before their beginning.")},
    FaultLine<ShopFault>{ShopFault::WrongAudience, "wrong_audience",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens that are meant for another service are taken.")},
    FaultLine<ShopFault>{ShopFault::WrongIssuer, "wrong_issuer",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens of another issuer are taken.")},
    FaultLine<ShopFault>{ShopFault::StagingToken, "staging_token",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens of the staging system are taken.")},
    FaultLine<ShopFault>{ShopFault::WeakSecret, "weak_secret",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens are signed with a secret from every list.")},
    FaultLine<ShopFault>{ShopFault::NoExpiry, "no_expiry", QT_TRANSLATE_NOOP("PracticeShop", "Tokens have no end.")},
    FaultLine<ShopFault>{ShopFault::LongLife, "long_life",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens live for 30 days.")},
    FaultLine<ShopFault>{ShopFault::PersonalDataInToken, "personal_data_in_token",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens hold names and addresses.")},
    FaultLine<ShopFault>{ShopFault::LogoutKeepsSession, "logout_keeps_session",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tokens are taken after signing out.")},
    FaultLine<ShopFault>{ShopFault::LogoutKeepsRefresh, "logout_keeps_refresh",
                         QT_TRANSLATE_NOOP("PracticeShop", "Sessions can be renewed after signing out.")},
    FaultLine<ShopFault>{ShopFault::RefreshReusable, "refresh_reusable",
                         QT_TRANSLATE_NOOP("PracticeShop", "A refresh token can be used again and again.")},
    FaultLine<ShopFault>{ShopFault::RefreshNotRotating, "refresh_not_rotating",
                         QT_TRANSLATE_NOOP("PracticeShop", "Renewing a session gives the same refresh token.")},
    FaultLine<ShopFault>{ShopFault::PasswordChangeKeepsSessions, "password_change_keeps_sessions",
                         QT_TRANSLATE_NOOP("PracticeShop", "Other sessions go on after a change of the password.")},
    FaultLine<ShopFault>{
        ShopFault::SessionByAddress, "session_by_address",
        QT_TRANSLATE_NOOP("PracticeShop", "All who sign in from one address share a session, whoever they are.")},
    FaultLine<ShopFault>{ShopFault::LoginText, "login_text",
                         QT_TRANSLATE_NOOP("PracticeShop", "Signing in says whether there is such an account.")},
    FaultLine<ShopFault>{ShopFault::LoginStatus, "login_status",
                         QT_TRANSLATE_NOOP("PracticeShop", "Signing in answers unknown accounts with another status.")},
    FaultLine<ShopFault>{ShopFault::LoginTime, "login_time",
                         QT_TRANSLATE_NOOP("PracticeShop", "Signing in takes longer for accounts that are there.")},
    FaultLine<ShopFault>{ShopFault::SignUpText, "sign_up_text",
                         QT_TRANSLATE_NOOP("PracticeShop", "Signing up says whether there is such an account.")},
    FaultLine<ShopFault>{
        ShopFault::SignUpStatus, "sign_up_status",
        QT_TRANSLATE_NOOP("PracticeShop", "Signing up answers with another status when there is such an account.")},
    FaultLine<ShopFault>{ShopFault::SignUpTime, "sign_up_time",
                         QT_TRANSLATE_NOOP("PracticeShop", "Signing up takes longer when there is no such account.")},
    FaultLine<ShopFault>{
        ShopFault::ResetText, "reset_text",
        QT_TRANSLATE_NOOP("PracticeShop", "Asking for a reset says whether there is such an account.")},
    FaultLine<ShopFault>{
        ShopFault::ResetStatus, "reset_status",
        QT_TRANSLATE_NOOP("PracticeShop", "Asking for a reset answers unknown accounts with another status.")},
    FaultLine<ShopFault>{
        ShopFault::ResetTime, "reset_time",
        QT_TRANSLATE_NOOP("PracticeShop", "Asking for a reset takes longer for accounts that are there.")},
    FaultLine<ShopFault>{
        ShopFault::InviteText, "invite_text",
        QT_TRANSLATE_NOOP("PracticeShop", "Inviting says whether the person has an account elsewhere.")},
    FaultLine<ShopFault>{
        ShopFault::InviteStatus, "invite_status",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "Inviting answers with another status when the person has an account elsewhere.")},
    FaultLine<ShopFault>{ShopFault::InviteTime, "invite_time",
                         QT_TRANSLATE_NOOP("PracticeShop", "Inviting takes longer when the person has no account.")},
    FaultLine<ShopFault>{
        ShopFault::AccountLookup, "account_lookup",
        QT_TRANSLATE_NOOP("PracticeShop", "Whether an address has an account can be looked up without a session.")},
    FaultLine<ShopFault>{ShopFault::ResetReusable, "reset_reusable",
                         QT_TRANSLATE_NOOP("PracticeShop", "A reset link works again.")},
    FaultLine<ShopFault>{ShopFault::ResetNeverExpires, "reset_never_expires",
                         QT_TRANSLATE_NOOP("PracticeShop", "A reset link works for ever.")},
    FaultLine<ShopFault>{ShopFault::ResetHostPoisoned, "reset_host_poisoned",
                         QT_TRANSLATE_NOOP("PracticeShop", "A reset link leads to the host that the request names.")},
    FaultLine<ShopFault>{ShopFault::ResetKeepsSessions, "reset_keeps_sessions",
                         QT_TRANSLATE_NOOP("PracticeShop", "Sessions go on after a reset of the password.")},
    FaultLine<ShopFault>{ShopFault::InviteReusable, "invite_reusable",
                         QT_TRANSLATE_NOOP("PracticeShop", "An invitation works again.")},
    FaultLine<ShopFault>{ShopFault::InviteNeverExpires, "invite_never_expires",
                         QT_TRANSLATE_NOOP("PracticeShop", "An invitation works for ever.")},
    FaultLine<ShopFault>{ShopFault::InviteRoleEditable, "invite_role_editable",
                         QT_TRANSLATE_NOOP("PracticeShop", "Who accepts an invitation chooses the role.")},
    FaultLine<ShopFault>{ShopFault::InviteAnyEmail, "invite_any_email",
                         QT_TRANSLATE_NOOP("PracticeShop", "An invitation works for another person.")},
    FaultLine<ShopFault>{ShopFault::CodeReusable, "code_reusable",
                         QT_TRANSLATE_NOOP("PracticeShop", "A one-time code works again.")},
    FaultLine<ShopFault>{ShopFault::NoAccountLimit, "no_account_limit",
                         QT_TRANSLATE_NOOP("PracticeShop", "Passwords of one account can be tried without end.")},
    FaultLine<ShopFault>{ShopFault::NoAddressLimit, "no_address_limit",
                         QT_TRANSLATE_NOOP("PracticeShop", "One address can try as many accounts as it likes.")},
    FaultLine<ShopFault>{ShopFault::NoResetLimit, "no_reset_limit",
                         QT_TRANSLATE_NOOP("PracticeShop", "Reset letters can be asked for without end.")},
    FaultLine<ShopFault>{ShopFault::NoSignUpLimit, "no_sign_up_limit",
                         QT_TRANSLATE_NOOP("PracticeShop", "Accounts can be signed up for without end.")},
    FaultLine<ShopFault>{ShopFault::NoCodeLimit, "no_code_limit",
                         QT_TRANSLATE_NOOP("PracticeShop", "One-time codes can be tried without end.")},
    FaultLine<ShopFault>{ShopFault::NoChatLimit, "no_chat_limit",
                         QT_TRANSLATE_NOOP("PracticeShop", "The assistant answers questions without end.")},
    FaultLine<ShopFault>{
        ShopFault::LimitByForwardedFor, "limit_by_forwarded_for",
        QT_TRANSLATE_NOOP("PracticeShop", "The address that tries are counted by is the one that the request names.")},
    FaultLine<ShopFault>{
        ShopFault::LimitByEmailCase, "limit_by_email_case",
        QT_TRANSLATE_NOOP("PracticeShop", "Tries are counted apart for every way to write the e-mail address.")},
    FaultLine<ShopFault>{ShopFault::LimitByPath, "limit_by_path",
                         QT_TRANSLATE_NOOP("PracticeShop", "Tries are counted apart for every way to write the path.")},
    FaultLine<ShopFault>{
        ShopFault::LockedForEver, "locked_for_ever",
        QT_TRANSLATE_NOOP("PracticeShop", "After wrong passwords the account is locked until somebody calls.")},
    FaultLine<ShopFault>{
        ShopFault::CouponRace, "coupon_race",
        QT_TRANSLATE_NOOP("PracticeShop", "A coupon that is redeemed many times at once counts many times.")},
    FaultLine<ShopFault>{
        ShopFault::BurstFails, "burst_fails",
        QT_TRANSLATE_NOOP("PracticeShop", "More than 12 requests in two seconds make the server fail.")},
    FaultLine<ShopFault>{
        ShopFault::SlowBodyTiesUp, "slow_body_ties_up",
        QT_TRANSLATE_NOOP("PracticeShop",
                          "A request that arrives slowly holds one of few workers for as long as it likes.")},
    FaultLine<ShopFault>{ShopFault::WrongTypesAccepted, "wrong_types_accepted",
                         QT_TRANSLATE_NOOP("PracticeShop", "Values of the wrong type are stored.")},
    FaultLine<ShopFault>{ShopFault::ExtraFieldsAccepted, "extra_fields_accepted",
                         QT_TRANSLATE_NOOP("PracticeShop", "Fields that nobody knows are taken.")},
    FaultLine<ShopFault>{ShopFault::TooLongAccepted, "too_long_accepted",
                         QT_TRANSLATE_NOOP("PracticeShop", "Texts of any length are stored.")},
    FaultLine<ShopFault>{
        ShopFault::OutOfRangeAccepted, "out_of_range_accepted",
        QT_TRANSLATE_NOOP("PracticeShop", "Numbers, dates and choices outside their range are stored.")},
    FaultLine<ShopFault>{ShopFault::WrongContentTypeAccepted, "wrong_content_type_accepted",
                         QT_TRANSLATE_NOOP("PracticeShop", "Bodies of any type are read.")},
    FaultLine<ShopFault>{ShopFault::HugeBodyAccepted, "huge_body_accepted",
                         QT_TRANSLATE_NOOP("PracticeShop", "Bodies of any size are read.")},
    FaultLine<ShopFault>{ShopFault::HugePageAccepted, "huge_page_accepted",
                         QT_TRANSLATE_NOOP("PracticeShop", "A page of a list may be as long as one likes.")},
    FaultLine<ShopFault>{ShopFault::CrashOnBadInput, "crash_on_bad_input",
                         QT_TRANSLATE_NOOP("PracticeShop", "Input of the wrong type makes the server fail.")},
    FaultLine<ShopFault>{ShopFault::StackTrace, "stack_trace",
                         QT_TRANSLATE_NOOP("PracticeShop", "Input of the wrong type shows the program's inside.")},
    FaultLine<ShopFault>{ShopFault::SqlError, "sql_error",
                         QT_TRANSLATE_NOOP("PracticeShop", "A quote in a text shows the database's error.")},
    FaultLine<ShopFault>{ShopFault::TemplateEvaluated, "template_evaluated",
                         QT_TRANSLATE_NOOP("PracticeShop", "Text in double braces is carried out.")},
    FaultLine<ShopFault>{ShopFault::UploadAnyType, "upload_any_type",
                         QT_TRANSLATE_NOOP("PracticeShop", "Files of any type are stored.")},
    FaultLine<ShopFault>{ShopFault::UploadAnySize, "upload_any_size",
                         QT_TRANSLATE_NOOP("PracticeShop", "Files of any size are stored.")},
    FaultLine<ShopFault>{ShopFault::UploadKeepsName, "upload_keeps_name",
                         QT_TRANSLATE_NOOP("PracticeShop", "Files are stored under the name that the sender chose.")},
    FaultLine<ShopFault>{
        ShopFault::UploadServedInline, "upload_served_inline",
        QT_TRANSLATE_NOOP("PracticeShop", "Files are shown in the browser with the type that the sender chose.")},
    FaultLine<ShopFault>{ShopFault::WebhookUnsigned, "webhook_unsigned",
                         QT_TRANSLATE_NOOP("PracticeShop", "Payment messages need no signature.")},
    FaultLine<ShopFault>{ShopFault::WebhookStale, "webhook_stale",
                         QT_TRANSLATE_NOOP("PracticeShop", "Old payment messages are taken.")},
    FaultLine<ShopFault>{ShopFault::WebhookReplay, "webhook_replay",
                         QT_TRANSLATE_NOOP("PracticeShop", "A payment message counts again.")},
    FaultLine<ShopFault>{ShopFault::CallbackPrivate, "callback_private",
                         QT_TRANSLATE_NOOP("PracticeShop", "Callback addresses may lead into the own network.")},
    FaultLine<ShopFault>{ShopFault::PersonalPageCached, "personal_page_cached",
                         QT_TRANSLATE_NOOP("PracticeShop", "Personal answers may be kept by shared caches.")},
    FaultLine<ShopFault>{
        ShopFault::CacheDeception, "cache_deception",
        QT_TRANSLATE_NOOP("PracticeShop", "Personal pages are served under addresses that look like files.")},
    FaultLine<ShopFault>{
        ShopFault::CachePoisoned, "cache_poisoned",
        QT_TRANSLATE_NOOP("PracticeShop", "The first page names whatever host a visitor says, and caches keep it.")},
    FaultLine<ShopFault>{
        ShopFault::ForwardedHostShown, "forwarded_host_shown",
        QT_TRANSLATE_NOOP("PracticeShop", "The first page names whatever host a visitor says, and no cache keeps it.")},
    FaultLine<ShopFault>{
        ShopFault::CorsAnyOrigin, "cors_any_origin",
        QT_TRANSLATE_NOOP("PracticeShop", "Scripts of every site may read with the visitor's session.")},
};

const FaultLine<ShopFault> &lineOf(ShopFault fault)
{
    return *std::find_if(kLines.begin(), kLines.end(), [&](const auto &line) { return line.fault == fault; });
}

} // namespace

std::span<const FaultLine<ShopFault>> allShopFaults()
{
    return kLines;
}

QString sentenceOf(ShopFault fault)
{
    return QCoreApplication::translate("PracticeShop", lineOf(fault).what);
}

const char *nameOf(ShopFault fault)
{
    return lineOf(fault).name;
}

} // namespace cockpit
