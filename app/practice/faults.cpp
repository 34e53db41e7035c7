#include "app/practice/faults.h"

#include "app/practice/names.h"
#include "app/practice/practiceapi.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

QString text(const QByteArray &name)
{
    return QString::fromLatin1(name);
}

} // namespace

FaultSet<ShopFault> practiceShopFaults()
{
    using enum ShopFault;
    return {SignedInRouteOpen,   CrossPath,          CrossFile,       MemberDoesAdmin,    InternalAddressTrusted,
            SubdomainOpen,       MassPrice,          AlgNone,         WeakSecret,         LongLife,
            StagingToken,        LogoutKeepsSession, RefreshReusable, LoginText,          ResetReusable,
            InviteRoleEditable,  NoAccountLimit,     NoAddressLimit,  CouponRace,         TooLongAccepted,
            ExtraFieldsAccepted, StackTrace,         UploadAnyType,   UploadServedInline, WebhookUnsigned,
            WebhookReplay,       CallbackPrivate,    CacheDeception,  CorsAnyOrigin,      CodeReusable,
            NoCodeLimit,         NoChatLimit,        MassPlan,        MassVerified,       NoSignUpLimit,
            CrossSubscribe};
}

std::vector<PracticeFault> practiceFaults()
{
    return {
        {u"abuse.callback-url"_s, u"inner_address_accepted"_s, text(kApiHost),
         Text::tr("The product may be told to call inside its own network.")},
        {u"abuse.error-leak"_s, u"database_message_forced"_s, text(kDeskHost),
         Text::tr("A quotation mark makes the back office show messages of its database.")},
        {u"abuse.error-leak"_s, u"server_path_forced"_s, text(kApiHost),
         Text::tr("Errors show folders of the server.")},
        {u"abuse.error-leak"_s, u"stack_trace_forced"_s, text(kApiHost),
         Text::tr("Errors show how the program is built.")},
        {u"abuse.rate-limit"_s, u"code_guessable"_s, text(kApiHost),
         Text::tr("One-time codes can be tried without end.")},
        {u"abuse.rate-limit"_s, u"many_tries_in_one"_s, text(kDeskHost),
         Text::tr("One question of GraphQL tries as many passwords as it likes.")},
        {u"abuse.rate-limit"_s, u"no_chat_limit"_s, text(kApiHost),
         Text::tr("The assistant answers questions without end.")},
        {u"abuse.rate-limit"_s, u"no_login_limit"_s, text(kApiHost), Text::tr("Passwords can be tried without end.")},
        {u"abuse.rate-limit"_s, u"no_sign_up_limit"_s, text(kApiHost),
         Text::tr("Accounts can be signed up for without end.")},
        {u"abuse.rate-limit"_s, u"race"_s, text(kApiHost),
         Text::tr("A coupon that is redeemed many times at once counts many times.")},
        {u"abuse.schema"_s, u"crash"_s, text(kApiHost), Text::tr("Bad input makes the server fail.")},
        {u"abuse.schema"_s, u"extra_field_accepted"_s, text(kApiHost),
         Text::tr("Fields that nobody knows are stored.")},
        {u"abuse.schema"_s, u"sql_error"_s, text(kDeskHost),
         Text::tr("What is searched for is put into a question to the database as it is.")},
        {u"abuse.schema"_s, u"too_long_accepted"_s, text(kApiHost), Text::tr("Texts of any length are stored.")},
        {u"abuse.upload"_s, u"any_type_accepted"_s, text(kApiHost), Text::tr("Files of any type are stored.")},
        {u"abuse.upload"_s, u"empty_accepted"_s, text(kApiHost), Text::tr("Empty files are stored.")},
        {u"abuse.upload"_s, u"script_runs"_s, text(kApiHost), Text::tr("Stored files run as scripts in the browser.")},
        {u"abuse.upload"_s, u"virus_accepted"_s, text(kApiHost), Text::tr("Nothing looks for viruses.")},
        {u"abuse.webhook-signature"_s, u"event_counted_twice"_s, text(kApiHost),
         Text::tr("A payment message that comes twice counts twice.")},
        {u"abuse.webhook-signature"_s, u"unsigned_accepted"_s, text(kApiHost),
         Text::tr("Payment messages need no signature.")},
        {u"access.admin-separation"_s, u"member_is_admin"_s, text(kApiHost),
         Text::tr("Members can do what only admins should.")},
        {u"access.cross-environment"_s, u"staging_opens_production"_s, text(kApiHost),
         Text::tr("Who signs in at staging is let in at production.")},
        {u"access.enumeration"_s, u"tells_by_answer"_s, text(kApiHost),
         Text::tr("Signing in says whether there is such an account.")},
        {u"access.file-links"_s, u"file_crosses"_s, text(kApiHost),
         Text::tr("A customer can open the files of another.")},
        {u"access.file-links"_s, u"signature_ignored"_s, text(kDeskHost),
         Text::tr("Signed links to files open without their signature.")},
        {u"access.forged-token"_s, u"alg_none"_s, text(kApiHost), Text::tr("Tokens without a signature are taken.")},
        {u"access.forged-token"_s, u"weak_secret"_s, text(kApiHost),
         Text::tr("Tokens are signed with a secret from every list.")},
        {u"access.invite"_s, u"invite_role_editable"_s, text(kApiHost),
         Text::tr("Who accepts an invitation chooses the role.")},
        {u"access.login-flow"_s, u"oauth_no_state"_s, text(kDeskHost),
         Text::tr("Signing in by the company's own service ties nothing to the visitor.")},
        {u"access.login-flow"_s, u"oauth_redirect_taken"_s, text(kDeskHost),
         Text::tr("The company's own sign-in service sends its answers to addresses that nobody registered.")},
        {u"access.logout"_s, u"refresh_survives"_s, text(kApiHost),
         Text::tr("Signing out ends nothing: sessions can be renewed.")},
        {u"access.logout"_s, u"session_survives"_s, text(kDeskHost),
         Text::tr("Signing out of the back office leaves the session alive.")},
        {u"access.logout"_s, u"token_survives"_s, text(kApiHost),
         Text::tr("Signing out ends nothing: the token is taken.")},
        {u"access.mass-assignment"_s, u"plan_changed"_s, text(kApiHost), Text::tr("Customers can set their own plan.")},
        {u"access.mass-assignment"_s, u"price_changed"_s, text(kApiHost),
         Text::tr("Customers can set what their invoice costs.")},
        {u"access.mass-assignment"_s, u"role_changed"_s, text(kDeskHost),
         Text::tr("Whoever changes the own name can change the own role.")},
        {u"access.mass-assignment"_s, u"verified_changed"_s, text(kApiHost),
         Text::tr("Customers can mark themselves as verified.")},
        {u"access.method-tampering"_s, u"internal_address"_s, text(kApiHost),
         Text::tr("Who claims to be the server itself is let in.")},
        {u"access.method-tampering"_s, u"method_override"_s, text(kDeskHost),
         Text::tr("Another method is asked for by a field, past the rules.")},
        {u"access.refresh-token"_s, u"reusable"_s, text(kApiHost), Text::tr("A refresh token works again and again.")},
        {u"access.refresh-token"_s, u"survives_sign_out"_s, text(kApiHost),
         Text::tr("Signing out ends nothing: the refresh token works.")},
        {u"access.reset-link"_s, u"code_reusable"_s, text(kApiHost), Text::tr("A one-time code works again.")},
        {u"access.reset-link"_s, u"reset_reusable"_s, text(kApiHost), Text::tr("A reset link works again.")},
        {u"access.roles"_s, u"open_to_strangers"_s, text(kApiHost), Text::tr("Strangers get the list of customers.")},
        {u"access.roles"_s, u"reads_others"_s, text(kApiHost), Text::tr("Whoever has the id of a record can read it.")},
        {u"access.roles"_s, u"role_exceeds"_s, text(kApiHost),
         Text::tr("The table of roles shows what members may do.")},
        {u"access.session-expiry"_s, u"long_life"_s, text(kApiHost), Text::tr("Tokens live for 30 days.")},
        {u"access.session-expiry"_s, u"fixation"_s, text(kDeskHost),
         Text::tr("A session id from before the sign-in is kept.")},
        {u"access.subdomain-bypass"_s, u"other_host"_s, text(kBetaHost),
         Text::tr("The beta host asks nobody who they are.")},
        {u"access.tenant-isolation"_s, u"cross_export"_s, text(kDeskHost),
         Text::tr("The back office exports the invoices of every customer.")},
        {u"access.tenant-isolation"_s, u"cross_graphql"_s, text(kDeskHost),
         Text::tr("The back office's field node gives the invoices of every customer.")},
        {u"access.tenant-isolation"_s, u"cross_path"_s, text(kApiHost),
         Text::tr("One customer reads the records of another by their ids.")},
        {u"access.tenant-isolation"_s, u"cross_subscription"_s, text(kApiHost),
         Text::tr("One customer is told of changes of another's records.")},
        {u"access.unauthenticated"_s, u"open_route"_s, text(kApiHost),
         Text::tr("The list of customers is given to anybody.")},
        {u"deploy.base-urls"_s, u"own_machine"_s, {}, Text::tr("The built app calls the developer's own computer.")},
        {u"deploy.gate"_s, u"no_gate"_s, {}, Text::tr("Nothing is tried before a release.")},
        {u"deploy.regression-suite"_s, u"no_suite"_s, {}, Text::tr("No test tries sign-in or permissions.")},
        {u"deploy.regression-suite"_s, u"cases_fail"_s, {}, Text::tr("What such tests would try does not hold.")},
        {u"dns.authoritative"_s, u"lame"_s, {}, Text::tr("The second name server does not know the zone.")},
        {u"edge.detect"_s, u"no_edge"_s, text(kDomain),
         Text::tr("Nothing stands between the internet and the server.")},
        {u"edge.cache-leak"_s, u"cache_deception"_s, text(kApiHost),
         Text::tr("A cache keeps private pages for addresses that look like files.")},
        {u"exposure.admin-paths"_s, u"open_admin"_s, text(kBetaHost),
         Text::tr("The beta host shows its administration to anybody.")},
        {u"exposure.bundle-secrets"_s, u"secret_in_bundle"_s, text(kAppHost),
         Text::tr("A payment key is in the script.")},
        {u"exposure.files"_s, u"env"_s, text(kAppHost), Text::tr("The settings file can be fetched.")},
        {u"exposure.routes"_s, u"unlisted"_s, {}, Text::tr("The form to sign in is in no list of routes.")},
        {u"http.cache-private"_s, u"session_cached"_s, text(kAppHost),
         Text::tr("A page with a session may be kept by shared caches.")},
        {u"http.canonical"_s, u"two_addresses"_s, {}, Text::tr("The site has two addresses.")},
        {u"http.cookies"_s, u"session_not_httponly"_s, text(kAppHost),
         Text::tr("Scripts can read the session cookie.")},
        {u"http.cors"_s, u"any_origin"_s, text(kApiHost), Text::tr("Every origin may call with credentials.")},
        {u"http.cors"_s, u"any_origin"_s, text(kBetaHost), Text::tr("The beta host has the same fault.")},
        {u"http.csp"_s, u"missing"_s, text(kAppHost), Text::tr("No content security policy.")},
        {u"http.framing"_s, u"missing"_s, text(kAppHost), Text::tr("Other sites may frame the app.")},
        {u"http.hsts"_s, u"missing"_s, text(kAppHost), Text::tr("Browsers are not told to stay on HTTPS.")},
        {u"http.https-redirect"_s, u"plain_http"_s, text(kWwwHost), Text::tr("Plain HTTP is not sent on.")},
        {u"http.mixed-content"_s, u"active"_s, text(kDomain), Text::tr("A script is loaded without TLS.")},
        {u"http.nosniff"_s, u"missing"_s, text(kAppHost), Text::tr("Browsers may guess file types.")},
        {u"http.nosniff"_s, u"missing"_s, text(kApiHost), Text::tr("Browsers may guess what a stored file is.")},
        {u"http.nosniff"_s, u"missing"_s, text(kBetaHost), Text::tr("The beta host has the same fault.")},
        {u"http.version-leak"_s, u"version"_s, text(kAppHost), Text::tr("Server and framework tell their versions.")},
        {u"mail.dkim"_s, u"weak_key"_s, {}, Text::tr("One signing key has 1024 bits.")},
        {u"mail.dmarc"_s, u"monitoring_only"_s, {}, Text::tr("The policy only watches.")},
        {u"mail.spf"_s, u"too_many_lookups"_s, {}, Text::tr("Eleven look-ups where ten are allowed.")},
        {u"mail.starttls"_s, u"no_starttls"_s, {}, Text::tr("The mail server takes mail without encryption only.")},
        {u"secrets.ci-scan"_s, u"no_scan"_s, {}, Text::tr("The pipeline looks for no secrets.")},
        {u"secrets.env-completeness"_s, u"empty"_s, {}, Text::tr("A setting of production is empty.")},
        {u"secrets.env-separation"_s,
         u"shared_secret"_s,
         {},
         Text::tr("Staging and production sign with the same secret.")},
        {u"secrets.history"_s,
         u"secret"_s,
         {},
         Text::tr("A key was taken out of the code and is still in its history.")},
        {u"secrets.logs"_s, u"tokens"_s, {}, Text::tr("The log holds a token.")},
        {u"secrets.pre-commit"_s, u"no_guard"_s, {}, Text::tr("Nothing stops a commit with a secret.")},
        {u"secrets.tree"_s, u"secret"_s, {}, Text::tr("A payment key is in a script.")},
        {u"tls.chain"_s, u"incomplete_chain"_s, text(kOldHost), Text::tr("The intermediate certificate is not sent.")},
        {u"tls.expiry"_s, u"renewal_late"_s, text(kWwwHost), Text::tr("The certificate was not renewed in time.")},
        {u"tls.hostname"_s, u"name_mismatch"_s, text(kOldHost), Text::tr("The certificate is for another host.")},
        {u"tls.protocols"_s, u"retired_versions"_s, text(kOldHost), Text::tr("TLS 1.0 and 1.1 are still on.")},
    };
}

std::vector<PracticeRight> practiceRights()
{
    return {
        {u"dns.dangling"_s, {}},
        {u"dns.inventory"_s, {}},
        {u"dns.resolution"_s, {}},
        {u"mail.mx"_s, {}},
        {u"mail.reverse-dns"_s, {}},
        {u"mail.mta-sts"_s, {}}, // not there, which is no fault; the same holds for the next two
        {u"mail.tls-rpt"_s, {}},
        {u"mail.bimi"_s, {}},
        {u"secrets.build-output"_s, {}},
        {u"secrets.env-exposure"_s, {}},
        {u"tls.reachable"_s, text(kDomain)},
        {u"tls.chain"_s, text(kDomain)},
        {u"tls.hostname"_s, text(kDomain)},
        {u"tls.expiry"_s, text(kAppHost)},
        {u"tls.protocols"_s, text(kApiHost)},
        {u"tls.ciphers"_s, text(kOldHost)},
        {u"tls.key"_s, text(kDomain)},
        {u"tls.renewal"_s, text(kDomain)},
        {u"http.https-redirect"_s, text(kDomain)},
        {u"http.hsts"_s, text(kDomain)},
        {u"http.csp"_s, text(kWwwHost)},
        {u"http.framing"_s, text(kDomain)},
        {u"http.nosniff"_s, text(kDomain)},
        {u"exposure.files"_s, text(kDomain)},
        {u"exposure.bundle-secrets"_s, text(kDomain)},
        {u"exposure.source-maps"_s, text(kAppHost)},
        {u"exposure.admin-paths"_s, text(kApiHost)}, // there, and locked
        {u"exposure.api-docs"_s, text(kApiHost)},
        {u"exposure.debug"_s, text(kAppHost)},
        {u"exposure.graphql"_s, text(kApiHost)},
    };
}

} // namespace cockpit
