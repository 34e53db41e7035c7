#include "checks/access/oauthfindings.h"

#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OAuthFindings)
};

class Findings
{
public:
    explicit Findings(const OAuthLook &look) : m_look(look) {}

    void addFor(const OAuthSeen &seen);
    std::vector<Finding> take() { return std::move(m_all); }

private:
    struct Fault
    {
        QString code;
        Severity severity;
        Proof proof;
        QString title, words;
    };
    Finding &add(const OAuthSeen &seen, const Fault &fault);
    void addResponse(const OAuthSeen &seen);
    void addState(const OAuthSeen &seen);
    void addChallenge(const OAuthSeen &seen);
    void addRedirect(const OAuthSeen &seen);
    void addTries(const OAuthSeen &seen);
    void addTry(const OAuthSeen &seen, const RedirectTry &tried, RedirectVerdict verdict);
    bool isOwn(const QString &host) const;

    const OAuthLook &m_look;
    std::vector<Finding> m_all;
};

QUrl placeOf(const OAuthSeen &seen)
{
    return seen.start.url.isEmpty() ? seen.start.page : seen.start.url;
}

// "/auth/google", and the server that it leads to.
QString nameOf(const OAuthSeen &seen)
{
    return Text::tr("%1 (to %2)").arg(placeOf(seen).path(), hostOf(seen.told->url));
}

bool isOfCode(const OAuthSeen &seen)
{
    return seen.told->asksForCode() && !seen.told->isByReference;
}

// How an address that nobody registered was taken.
struct TakenAddress
{
    QString code;
    Severity severity;
    Proof proof;
    const char *title;
    const char *words; // %1: the server, %2: the address
};

const TakenAddress kTakenAnywhere{
    u"oauth_redirect_taken"_s, Severity::High, Proof::Proven,
    QT_TRANSLATE_NOOP("OAuthFindings", "Your authorization server sends its answers to any address"),
    QT_TRANSLATE_NOOP("OAuthFindings",
                      "%1 was asked with the redirect_uri %2, which nobody registered, and sent the browser there. In "
                      "that way a link gives a customer's code away. Wanted: an error page, without a redirect.")};
const TakenAddress kTakenBehind{
    u"oauth_redirect_path"_s, Severity::Medium, Proof::Proven,
    QT_TRANSLATE_NOOP("OAuthFindings", "Your authorization server compares only the beginning of an address"),
    QT_TRANSLATE_NOOP("OAuthFindings",
                      "%1 was asked with the redirect_uri %2, a page behind the registered one, and sent the browser "
                      "there. Any page of that host that leads on can give a code away. Wanted: the whole address "
                      "compared.")};
const TakenAddress kPerhapsTaken{
    u"oauth_redirect_carried"_s, Severity::Low, Proof::Lead,
    QT_TRANSLATE_NOOP("OAuthFindings", "Your authorization server may take any address"),
    QT_TRANSLATE_NOOP("OAuthFindings",
                      "%1 was asked with the redirect_uri %2, which nobody registered, and went on to its sign-in with "
                      "it, as with the true one. Whether it is refused afterwards was not tried. Wanted: an error page "
                      "at once.")};

const TakenAddress &takenAs(RedirectChange change, RedirectVerdict verdict)
{
    if (verdict == RedirectVerdict::Carried)
        return kPerhapsTaken;
    return change == RedirectChange::LongerPath ? kTakenBehind : kTakenAnywhere;
}

// A script may add to what stands in its text, and no visitor's values stand in what was made here.
bool isWhole(const OAuthSeen &seen)
{
    return seen.asks.size() == 2 && !seen.told->isByReference;
}

Finding &Findings::add(const OAuthSeen &seen, const Fault &fault)
{
    Finding finding =
        makeFinding(fault.code, fault.severity, fault.proof, Impact::AccountTakeover, fault.title, fault.words);
    finding.host = hostOf(placeOf(seen));
    finding.subject = placeOf(seen).path();
    finding.effortMinutes = 60;
    for (const OAuthAsk &ask : seen.asks) {
        if (!ask.answers.empty())
            finding.evidence.push_back(requestProof(ask.request, ask.answers.back(), {.known = m_look.known}));
    }
    m_all.push_back(std::move(finding));
    return m_all.back();
}

void Findings::addResponse(const OAuthSeen &seen)
{
    const AuthorizationRequest &told = *seen.told;
    const bool isToken = told.responseTypes.contains("token"_L1);
    const bool isIdToken = told.responseTypes.contains("id_token"_L1) && told.responseMode != "form_post"_L1;
    if (isToken || isIdToken)
        add(seen, {u"oauth_implicit"_s, isToken ? Severity::Medium : Severity::Low, Proof::Proven,
                   Text::tr("Signing in puts a token into an address"),
                   Text::tr("%1 asks for response_type=%2, so that the token itself comes back in the address of a "
                            "page, where histories, scripts and other sites find it. Wanted: the code flow with PKCE.")
                       .arg(nameOf(seen), quoted(told.responseTypes.join(u' ').toUtf8()))});
    if (!told.secret.isEmpty())
        add(seen, {u"oauth_secret_in_address"_s, Severity::High, Proof::Proven,
                   Text::tr("The secret of your sign-in is shown to every visitor"),
                   Text::tr("%1 sends client_secret in an address, which every visitor can read and use in your name. "
                            "Wanted: the secret at your server alone, in the exchange of the code.")
                       .arg(nameOf(seen))});
}

void Findings::addState(const OAuthSeen &seen)
{
    const AuthorizationRequest &told = *seen.told;
    if (!isWhole(seen))
        return;
    const QString wanted = Text::tr("Somebody can have your customers signed in to an account of theirs, or tie their "
                                    "own to a customer's. Wanted: a new state for each visitor, or PKCE.");
    if (guardOf(seen) == OAuthGuard::None && told.state.isEmpty())
        add(seen, {u"oauth_no_state"_s, Severity::Medium, Proof::Proven,
                   Text::tr("Nothing ties the sign-in by another service to the visitor"),
                   Text::tr("%1 sends no state, and neither a code_challenge nor a nonce that changes in its place. %2")
                       .arg(nameOf(seen), wanted)});
    if (guardOf(seen) == OAuthGuard::None && !told.state.isEmpty())
        add(seen,
            {u"oauth_constant_state"_s, Severity::Medium, Proof::Proven,
             Text::tr("All visitors sign in with the same state"),
             Text::tr("%1 sent two visitors on with the same state, and with neither a code_challenge nor a nonce "
                      "that changes. %2")
                 .arg(nameOf(seen), wanted)});
    const bool isBound = std::ranges::any_of(seen.asks, &OAuthAsk::setsCookie);
    if (guardOf(seen) != OAuthGuard::None && seen.start.origin == OAuthOrigin::Start && !isBound)
        add(seen, {u"oauth_unbound_state"_s, Severity::Low, Proof::Lead,
                   Text::tr("The state may not be tied to the visitor's browser"),
                   Text::tr("%1 sets no cookie before it sends a new visitor on, so that your product may be unable to "
                            "tell whose state comes back. Wanted: the state, or what it is compared with, in a cookie "
                            "of that browser.")
                       .arg(nameOf(seen))});
}

// Codes of apps and pages can be taken by others on the way, and no secret protects them (RFC 9700 section 2.1.1). At a
// server of the product that has a secret its absence is only noted.
void Findings::addChallenge(const OAuthSeen &seen)
{
    const AuthorizationRequest &told = *seen.told;
    const bool isNative = isOfNativeApp(QUrl(told.redirectUri)) && !isOwn(hostOf(QUrl(told.redirectUri)));
    const bool isPublic = isNative || seen.goesToApp;
    if (!isOfCode(seen) || !isWhole(seen))
        return;
    if (told.challenge.isEmpty() && isPublic)
        add(seen, {u"oauth_no_pkce"_s, isNative ? Severity::Medium : Severity::Low,
                   isNative ? Proof::Strong : Proof::Lead, Text::tr("Whoever gets the code can sign in with it"),
                   Text::tr("%1 sends no code_challenge, and the code goes to %2, which can keep no secret. Wanted: "
                            "PKCE with S256.")
                       .arg(nameOf(seen), isNative ? Text::tr("an app") : Text::tr("a page in the browser"))});
    if (!told.challenge.isEmpty() && told.challengeMethod != "S256"_L1)
        add(seen, {u"oauth_plain_pkce"_s, isPublic ? Severity::Medium : Severity::Low, Proof::Proven,
                   Text::tr("PKCE is used without its protection"),
                   Text::tr("%1 sends the code_challenge with the method \"%2\": the value itself, which whoever reads "
                            "the address can repeat. Wanted: code_challenge_method=S256.")
                       .arg(nameOf(seen),
                            told.challengeMethod.isEmpty() ? u"plain"_s : quoted(told.challengeMethod.toUtf8()))});
}

bool Findings::isOwn(const QString &host) const
{
    return m_look.ownHosts.contains(host) || isSameSite(host, m_look.domain);
}

void Findings::addRedirect(const OAuthSeen &seen)
{
    const QUrl redirect(seen.told->redirectUri);
    if (isPlainToOthers(redirect))
        add(seen, {u"oauth_plain_redirect"_s, Severity::High, Proof::Proven,
                   Text::tr("The code of a sign-in comes back unencrypted"),
                   Text::tr("%1 has its answer sent to %2. Whoever shares the network reads the code along. Wanted: "
                            "https://.")
                       .arg(nameOf(seen), quoted(seen.told->redirectUri.toUtf8()))});
    const QString host = hostOf(redirect);
    if (host.isEmpty() || isOfNativeApp(redirect) || isOwn(host) || isSignInService(host) ||
        isSameSite(host, hostOf(seen.told->url)))
        return;
    add(seen, {u"oauth_foreign_redirect"_s, Severity::Low, Proof::Lead,
               Text::tr("The code of a sign-in goes to another host"),
               Text::tr("%1 has its answer sent to %2, which is no host of this product. Wanted: an address of your "
                        "own, or of the service that signs your users in.")
                   .arg(nameOf(seen), quoted(host.toUtf8()))});
}

void Findings::addTry(const OAuthSeen &seen, const RedirectTry &tried, RedirectVerdict verdict)
{
    const QString server = hostOf(seen.told->url);
    const TakenAddress &taken = takenAs(tried.change, verdict);
    Finding &finding = add(seen, {taken.code, taken.severity, taken.proof, Text::tr(taken.title),
                                  Text::tr(taken.words).arg(server, quoted(tried.redirectUri.toUtf8()))});
    finding.host = server;
    finding.evidence = {requestProof(tried.request, *tried.answer, {.known = m_look.known})};
    if (seen.trial.isControlled())
        finding.evidence.push_back(
            requestProof(seen.trial.control->request, *seen.trial.control->answer, {.known = m_look.known}));
}

// Of each verdict the first is enough; what is proven needs no lead beside it.
void Findings::addTries(const OAuthSeen &seen)
{
    const HttpResponse *control = seen.trial.isControlled() ? &*seen.trial.control->answer : nullptr;
    bool hasHost = false;
    const RedirectTry *path = nullptr;
    const RedirectTry *carried = nullptr;
    for (const RedirectTry &tried : seen.trial.tries) {
        const RedirectVerdict verdict = verdictOf(tried, control);
        const bool isPath = tried.change == RedirectChange::LongerPath;
        if (verdict == RedirectVerdict::Carried && !carried)
            carried = &tried;
        if (verdict != RedirectVerdict::Taken)
            continue;
        if (isPath) {
            path = &tried;
        } else if (!hasHost) {
            addTry(seen, tried, verdict);
            hasHost = true;
        }
    }
    if (path && !hasHost)
        addTry(seen, *path, RedirectVerdict::Taken);
    else if (carried && !hasHost)
        addTry(seen, *carried, RedirectVerdict::Carried);
}

void Findings::addFor(const OAuthSeen &seen)
{
    addResponse(seen);
    addState(seen);
    addChallenge(seen);
    addRedirect(seen);
    addTries(seen);
}

} // namespace

std::vector<Finding> oauthFindings(const OAuthLook &look)
{
    Findings findings(look);
    for (const OAuthSeen &seen : look.starts)
        findings.addFor(seen);
    return findings.take();
}

} // namespace cockpit
