// What is taken as a test account, and what is refused.
#include "models/access/actor.h"
#include "models/access/withoutholes.h"
#include "models/hostname.h"
#include "models/redactor.h"
#include "models/secretsinventory.h"

#include <QCoreApplication>
#include <QSet>
#include <QUrl>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TestActor)
};

constexpr qsizetype kLongestText = 200;
constexpr qsizetype kLongestAddress = 2000;
constexpr qsizetype kLongestHeader = 2000;
constexpr std::size_t kMostHeaders = 30;

tl::unexpected<Error> refused(const QString &sentence)
{
    return failure(ErrorKind::BadInput, sentence);
}

// RFC 9110 section 5.6.2.
bool isToken(const QString &text)
{
    return !text.isEmpty() && text.size() <= 100 && std::ranges::all_of(text, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               u"!#$%&'*+-.^_`|~"_s.contains(c);
    });
}

bool isPlainLine(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u' ' && c != QChar(0x7f); });
}

// The request is made by the client: what frames it is not for a template, and logins have their own place.
bool isOwnHeader(const QString &name)
{
    static constexpr std::array own{
        "host"_L1, "content-length"_L1, "transfer-encoding"_L1, "connection"_L1, "cookie"_L1, "te"_L1, "upgrade"_L1};
    return std::ranges::any_of(own,
                               [&](QLatin1StringView word) { return name.compare(word, Qt::CaseInsensitive) == 0; });
}

QString whatIsWrongWithAddress(const QString &address)
{
    const QUrl url(withoutHoles(address, u"1"_s), QUrl::StrictMode);
    const QString shown = plainText(withoutValues(address), 80);
    if (address.size() > kLongestAddress || !isPlainLine(address) || !url.isValid() || url.host().isEmpty())
        return Text::tr("“%1” is no web address: write it whole, such as https://app.example.com/login.").arg(shown);
    if (!url.userInfo().isEmpty())
        return Text::tr("The address of %1 has a name or a password in it. Put the password into the keychain.")
            .arg(plainText(url.host(), 80));
    if (url.scheme() != "https"_L1 && !(url.scheme() == "http"_L1 && hostname::isLoopback(url.host())))
        return Text::tr("%1 is not encrypted: a password would travel in the open. Use an address with https.")
            .arg(shown);
    if (looksLikeValue(withoutHoles(address)))
        return Text::tr("The address “%1” has what looks like a secret in it. Put a hole there, such as {{apikey}}, "
                        "and the value into the keychain.")
            .arg(shown);
    return {};
}

Result<void> checkAddresses(const TestActor &actor)
{
    const SignIn &signIn = actor.signIn;
    for (const QString &address :
         {signIn.url, signIn.refreshUrl, signIn.csrfSource, signIn.logoutUrl, actor.whoAmIUrl}) {
        if (address.isEmpty())
            continue;
        if (const QString wrong = whatIsWrongWithAddress(address); !wrong.isEmpty())
            return refused(wrong);
    }
    if (asksToSignIn(signIn.kind) && signIn.url.isEmpty())
        return refused(Text::tr("Write the address where %1 signs in.").arg(actor.name));
    return {};
}

Result<void> checkHeaders(const SignIn &signIn)
{
    if (signIn.headers.size() > kMostHeaders)
        return refused(Text::tr("A sign-in can have %1 headers at most.").arg(kMostHeaders));
    for (const auto &[name, value] : signIn.headers) {
        if (!isToken(name) || isOwnHeader(name))
            return refused(Text::tr("“%1” cannot be a header of a sign-in.").arg(plainText(name, 40)));
        if (value.size() > kLongestHeader || !isPlainLine(value))
            return refused(Text::tr("The header %1 is too long or has a line end in it.").arg(name));
        if (looksLikeValue(name + u": "_s + withoutHoles(value)))
            return refused(Text::tr("The header %1 has what looks like a secret in it. Put a hole there, such as "
                                    "{{apikey}}, and the value into the keychain.")
                               .arg(name));
    }
    return {};
}

Result<void> checkBody(const SignIn &signIn)
{
    const QString body = bodyTemplateOf(signIn);
    if (body.size() > kLongestBodyTemplate)
        return refused(
            Text::tr("The body of the sign-in is too long: %1 characters at most.").arg(kLongestBodyTemplate));
    if (looksLikeValue(withoutHoles(body)))
        return refused(Text::tr("The body of the sign-in has what looks like a password or a token in it. Put the hole "
                                "{{password}} there, and the value into the keychain."));
    const bool hasPassword =
        holesIn(body).contains(u"password"_s) || std::ranges::any_of(signIn.headers, [](const auto &header) {
            return holesIn(header.second).contains(u"password"_s);
        });
    if (asksToSignIn(signIn.kind) && !hasPassword)
        return refused(Text::tr("The body of the sign-in has no hole for the password: put {{password}} there."));
    return {};
}

Result<void> checkWords(const TestActor &actor)
{
    const SignIn &signIn = actor.signIn;
    const bool areTokens = isToken(signIn.method) && (signIn.headerName.isEmpty() || isToken(signIn.headerName)) &&
                           (signIn.logoutMethod.isEmpty() || isToken(signIn.logoutMethod)) &&
                           !isOwnHeader(signIn.headerName);
    if (!areTokens)
        return refused(Text::tr("The method or a header name of %1 is none of HTTP.").arg(actor.name));
    if (signIn.kind == SignInKind::ApiKey && signIn.headerName.isEmpty())
        return refused(Text::tr("Write in which header the API key of %1 is sent, such as X-Api-Key.").arg(actor.name));
    if (isSigningKey(actor) && signIn.headerName.isEmpty())
        return refused(
            Text::tr("Write in which header the signature of events stands for %1, such as Stripe-Signature.")
                .arg(actor.name));
    // Client identifiers are public and random by design (RFC 6749 section 2.2).
    if (redact(signIn.clientId) != signIn.clientId)
        return refused(
            Text::tr("The client id of %1 looks like a secret. The secret belongs into the keychain.").arg(actor.name));
    return {};
}

Result<void> checkTexts(const TestActor &actor)
{
    const SignIn &signIn = actor.signIn;
    const QString contentType = QString::fromUtf8(signIn.contentType);
    for (const QString &text :
         {actor.id, actor.name, actor.tenant, actor.userName, actor.credential, actor.whoAmIPointer, contentType,
          signIn.tokenPointer, signIn.refreshPointer, signIn.scope, signIn.clientId}) {
        if (text.size() > kLongestText || !isPlainLine(text))
            return refused(Text::tr("“%1” is too long, or has a line end in it.").arg(plainText(text, 40)));
    }
    for (const QString &text : {actor.name, actor.tenant, actor.userName, actor.credential, actor.whoAmIPointer,
                                contentType, signIn.tokenPointer, signIn.refreshPointer, signIn.scope}) {
        if (looksLikeValue(text))
            return refused(Text::tr("“%1” looks like a secret itself. Its value belongs into the keychain.")
                               .arg(withoutValues(text)));
    }
    return {};
}

} // namespace

Result<TestActor> checkedActor(TestActor actor)
{
    for (QString *text : {&actor.name, &actor.tenant, &actor.userName, &actor.credential})
        *text = plainText(text->simplified());
    actor.role = actor.role.trimmed().toLower();
    actor.signIn.method = actor.signIn.method.trimmed().toUpper();
    actor.signIn.logoutMethod = actor.signIn.logoutMethod.trimmed().toUpper();
    if (actor.name.isEmpty())
        return refused(Text::tr("Give the test account a name, such as “Anna, admin of Acme”."));
    if (!isRoleWord(actor.role))
        return refused(Text::tr("Write the role of %1 as one word, such as admin or member.").arg(actor.name));
    if (actor.id.isEmpty() || redact(actor.id) != actor.id)
        return refused(Text::tr("%1 is no test account of this program.").arg(actor.name));
    for (const auto &check : {checkTexts(actor), checkWords(actor), checkAddresses(actor), checkHeaders(actor.signIn),
                              checkBody(actor.signIn)}) {
        if (!check)
            return tl::unexpected(check.error());
    }
    return actor;
}

Result<std::vector<TestActor>> checkedActors(const std::vector<TestActor> &actors)
{
    if (actors.size() > kMostActors)
        return refused(Text::tr("A project has %1 test accounts at most.").arg(kMostActors));
    std::vector<TestActor> checked;
    QSet<QString> known;
    for (const TestActor &actor : actors) {
        auto one = checkedActor(actor);
        if (!one)
            return tl::unexpected(one.error());
        const QString name = u"name:"_s + one->name.toLower();
        const QString id = u"id:"_s + one->id;
        if (known.contains(id) || known.contains(name))
            return refused(Text::tr("%1 is in the list twice.").arg(one->name));
        known << id << name;
        checked.push_back(std::move(*one));
    }
    return checked;
}

} // namespace cockpit
