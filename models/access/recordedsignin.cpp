#include "models/access/recordedsignin.h"

#include "models/access/bodyfields.h"
#include "models/access/curloptions.h"
#include "models/access/signinfields.h"
#include "models/secretsinventory.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RecordedSignIn)
};

QString headerOf(const CurlCommand &command, QLatin1StringView name)
{
    for (const auto &[known, value] : command.headers) {
        if (known.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

// An address without its query and fragment: they may hold tokens.
QString bareAddress(const QString &address)
{
    return QUrl(address).toString(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo | QUrl::FullyEncoded);
}

class Recorder
{
public:
    explicit Recorder(const CurlCommand &command) : m_command(command) {}

    Result<RecordedSignIn> read()
    {
        look();
        if (m_hasPassword || m_grant == "client_credentials"_L1)
            readLogin();
        else if (!readSignedIn())
            return failure(ErrorKind::BadInput,
                           Text::tr("Nobody signs in with this request. Copy the one that is sent when you press “Sign "
                                    "in”, or any request of somebody who has signed in."));
        return checked();
    }

private:
    QByteArray contentType() const { return headerOf(m_command, "content-type"_L1).toLatin1(); }
    BodyKind bodyKind() const { return bodyKindOf(contentType(), m_command.body); }

    // What is there, before anything is replaced.
    void look()
    {
        const auto visitor = [this](const QString &name, const QString &value) {
            lookAt(name, value);
            return std::optional<QString>();
        };
        replacedFormFields(m_command.url.query(QUrl::FullyEncoded).toLatin1(), visitor);
        replacedFields(bodyKind(), contentType(), m_command.body, visitor);
    }

    void lookAt(const QString &name, const QString &value)
    {
        const FieldRole role = value.isEmpty() ? FieldRole::Plain : fieldRoleOf(name, value);
        if (role == FieldRole::Password)
            m_hasPassword = true;
        else if (role == FieldRole::GrantType)
            m_grant = value;
        else if (role == FieldRole::User && (m_recorded.userName.isEmpty() || value.contains(u'@')))
            m_recorded.userName = value;
    }

    void readLogin()
    {
        SignIn &signIn = m_recorded.signIn;
        const BodyKind body = bodyKind();
        signIn.kind = body == BodyKind::Json               ? SignInKind::Json
                      : m_grant == "client_credentials"_L1 ? SignInKind::OAuthClient
                      : m_grant == "password"_L1           ? SignInKind::OAuthPassword
                                                           : SignInKind::Form;
        signIn.method = m_command.method;
        signIn.contentType = contentType();
        const auto visitor = [this](const QString &name, const QString &value) { return replaced(name, value); };
        signIn.bodyTemplate =
            m_command.body.isEmpty() ? QString() : replacedFields(body, contentType(), m_command.body, visitor);
        readAddress(visitor);
        for (const auto &[name, value] : m_command.headers)
            readHeader(name, value);
        if (m_hasCsrf)
            signIn.csrfSource = pageOfForm();
        if (body == BodyKind::Multipart)
            useOwnBoundary();
        guessToken();
    }

    // The one of a browser is random, and looks like a secret.
    void useOwnBoundary()
    {
        SignIn &signIn = m_recorded.signIn;
        const QByteArray known = boundaryOf(signIn.contentType);
        if (known.isEmpty())
            return;
        signIn.bodyTemplate.replace(QString::fromUtf8(known), QString::fromLatin1(kFormBoundary));
        signIn.contentType = QByteArray("multipart/form-data; boundary=") + kFormBoundary;
    }

    void readAddress(const FieldVisitor &visitor)
    {
        const QByteArray query = m_command.url.query(QUrl::FullyEncoded).toLatin1();
        m_recorded.signIn.url = bareAddress(m_command.url.toString(QUrl::FullyEncoded));
        if (!query.isEmpty())
            m_recorded.signIn.url += u'?' + replacedFormFields(query, visitor);
    }

    QString pageOfForm() const
    {
        const QString referer = headerOf(m_command, "referer"_L1);
        return bareAddress(referer.isEmpty() ? m_command.url.toString(QUrl::FullyEncoded) : referer);
    }

    std::optional<QString> replaced(const QString &name, const QString &value)
    {
        if (value.isEmpty())
            return std::nullopt;
        switch (fieldRoleOf(name, value)) {
        case FieldRole::Plain:
        case FieldRole::GrantType:
            return value == m_recorded.userName ? std::optional(u"{{user}}"_s) : std::nullopt;
        case FieldRole::User:
            return value == m_recorded.userName ? u"{{user}}"_s : hole(name, value);
        case FieldRole::Password:
            return hole(u"password"_s, value);
        case FieldRole::Csrf:
            m_hasCsrf = true;
            return u"{{csrf}}"_s;
        case FieldRole::Captcha:
            note(Text::tr("This login asks for a captcha, which no program solves. Sign in in the browser, and paste "
                          "its cookie or token instead; or switch the captcha off for test accounts."));
            return QString();
        case FieldRole::OneTimeCode:
            note(Text::tr("This login asks for a one-time code. Use a test account without a second factor, or paste "
                          "the cookie or token of a browser that has signed in."));
            return QString();
        case FieldRole::ClientId:
            m_recorded.signIn.clientId = value;
            return u"{{client_id}}"_s;
        case FieldRole::Scope:
            m_recorded.signIn.scope = value;
            return std::nullopt;
        case FieldRole::Secret:
            return hole(name, value);
        }
        Q_UNREACHABLE();
    }

    // The value goes out of the text, into what the keychain keeps.
    QString hole(const QString &name, const QString &value)
    {
        const Secret secret(value.toUtf8());
        QString base;
        for (const QChar c : name.toLower()) {
            if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_')
                base += c;
        }
        base = base.left(30);
        if (base.isEmpty() || base == "user"_L1 || base == "csrf"_L1 || base == "client_id"_L1)
            base += u"_value"_s;
        QString unique = base;
        for (int number = 2; m_recorded.values.contains(unique) && !(m_recorded.values[unique] == secret); ++number)
            unique = base + QString::number(number);
        m_recorded.values[unique] = secret;
        return u"{{"_s + unique + u"}}"_s;
    }

    void readHeader(const QString &name, const QString &value)
    {
        if (name.compare("cookie"_L1, Qt::CaseInsensitive) == 0)
            note(Text::tr("The cookies that the browser had were left out: the sign-in starts without any."));
        if (isBrowserHeader(name) || value.isEmpty())
            return;
        if (isCsrfHeader(name)) {
            m_hasCsrf = true;
            keepHeader(name, u"{{csrf}}"_s);
        } else if (name.compare("authorization"_L1, Qt::CaseInsensitive) == 0) {
            const QString scheme = value.contains(u' ') ? value.section(u' ', 0, 0) + u' ' : QString();
            const bool isMain = !m_recorded.values.contains(u"password"_s);
            keepHeader(name, scheme + hole(isMain ? u"password"_s : u"authorization"_s, value.mid(scheme.size())));
        } else if (name.compare("referer"_L1, Qt::CaseInsensitive) == 0) {
            keepHeader(name, bareAddress(value));
        } else if (isApiKeyHeader(name) || looksLikeValue(name + u": "_s + value)) {
            keepHeader(name, hole(name, value));
        } else {
            keepHeader(name, value);
        }
    }

    void keepHeader(const QString &name, const QString &value) { m_recorded.signIn.headers.emplace_back(name, value); }

    // Where the token of well-known services comes back; of others a person says it.
    void guessToken()
    {
        SignIn &signIn = m_recorded.signIn;
        const QString host = m_command.url.host();
        const bool isOAuth = !m_grant.isEmpty();
        if (isOAuth || host.endsWith(".supabase.co"_L1)) {
            signIn.tokenPointer = u"/access_token"_s;
            signIn.refreshPointer = u"/refresh_token"_s;
        } else if (host == "identitytoolkit.googleapis.com"_L1) {
            signIn.tokenPointer = u"/idToken"_s;
            signIn.refreshPointer = u"/refreshToken"_s;
        } else if (signIn.kind == SignInKind::Json) {
            note(Text::tr("If the answer has a token instead of a cookie, write where it stands, such as "
                          "/access_token."));
        }
    }

    // The login of somebody who has signed in already, by what is sent with each request.
    bool readSignedIn()
    {
        SignIn &signIn = m_recorded.signIn;
        const QString authorization = headerOf(m_command, "authorization"_L1);
        const QString cookie = headerOf(m_command, "cookie"_L1);
        const auto apiKey =
            std::ranges::find_if(m_command.headers, [](const auto &header) { return isApiKeyHeader(header.first); });
        const bool hasApiKey = apiKey != m_command.headers.end() && !apiKey->second.isEmpty();
        m_recorded.userName.clear();
        if (authorization.startsWith("Bearer "_L1, Qt::CaseInsensitive)) {
            takeOver(SignInKind::BearerToken, u"Authorization"_s, authorization.mid(7).trimmed());
            if (hasApiKey)
                keepHeader(apiKey->first, hole(apiKey->first, apiKey->second));
        } else if (!authorization.isEmpty()) {
            takeOver(SignInKind::ApiKey, u"Authorization"_s, authorization);
        } else if (hasApiKey) {
            takeOver(SignInKind::ApiKey, apiKey->first, apiKey->second);
        } else if (!cookie.isEmpty()) {
            takeOver(SignInKind::Cookie, {}, cookie);
        } else {
            return false;
        }
        if (signIn.kind != SignInKind::Cookie && !cookie.isEmpty())
            note(Text::tr("The cookies of this request were left out: its header is what signs in."));
        note(Text::tr("What was pasted ends to work some day: paste it again then, or record the login itself."));
        return true;
    }

    void takeOver(SignInKind kind, const QString &header, const QString &value)
    {
        m_recorded.signIn.kind = kind;
        m_recorded.signIn.headerName = header;
        m_recorded.values[u"password"_s] = Secret(value.toUtf8());
    }

    void note(const QString &sentence)
    {
        if (!m_recorded.notes.contains(sentence))
            m_recorded.notes << sentence;
    }

    // What cannot be kept is refused here, where a person can still do something about it.
    Result<RecordedSignIn> checked()
    {
        TestActor actor;
        actor.id = u"recorded"_s;
        actor.name = u"recorded"_s;
        actor.role = u"member"_s;
        actor.signIn = m_recorded.signIn;
        const auto taken = checkedActor(actor);
        if (!taken)
            return tl::unexpected(taken.error());
        m_recorded.signIn = taken->signIn;
        return std::move(m_recorded);
    }

    const CurlCommand &m_command;
    RecordedSignIn m_recorded;
    QString m_grant;
    bool m_hasPassword = false;
    bool m_hasCsrf = false;
};

} // namespace

Result<RecordedSignIn> recordedSignIn(const CurlCommand &command)
{
    return Recorder(command).read();
}

} // namespace cockpit
