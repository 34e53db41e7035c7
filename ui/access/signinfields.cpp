#include "ui/access/signinfields.h"

#include "ui/theme/tokens.h"
#include "ui/theme/typescale.h"
#include "ui/widgets/dialogparts.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr std::array kKinds{SignInKind::Form,        SignInKind::Json,      SignInKind::OAuthPassword,
                            SignInKind::OAuthClient, SignInKind::Cookie,    SignInKind::BearerToken,
                            SignInKind::ApiKey,      SignInKind::SigningKey};

struct Usual
{
    QString body;
    QByteArray contentType;
};

// What most products take; the person writes what theirs takes.
Usual usualOf(SignInKind kind)
{
    switch (kind) {
    case SignInKind::Form:
        return {u"email={{user}}&password={{password}}"_s, "application/x-www-form-urlencoded"};
    case SignInKind::Json:
        return {u"{\"email\":\"{{user}}\",\"password\":\"{{password}}\"}"_s, "application/json"};
    case SignInKind::OAuthPassword:
    case SignInKind::OAuthClient:
        return {{}, "application/x-www-form-urlencoded"}; // the body is RFC 6749's
    case SignInKind::Cookie:
    case SignInKind::BearerToken:
    case SignInKind::ApiKey:
    case SignInKind::SigningKey:
        return {};
    }
    Q_UNREACHABLE();
}

bool hasHeader(SignInKind kind)
{
    return kind == SignInKind::ApiKey || kind == SignInKind::SigningKey;
}

QString usualHeaderOf(SignInKind kind)
{
    if (!hasHeader(kind))
        return {};
    return kind == SignInKind::ApiKey ? u"X-Api-Key"_s : u"Stripe-Signature"_s;
}

} // namespace

SignInFields::SignInFields(QWidget *parent)
    : QWidget(parent),
      m_kind(new QComboBox),
      m_url(new QLineEdit),
      m_body(new QPlainTextEdit),
      m_csrfSource(new QLineEdit),
      m_tokenPointer(new QLineEdit),
      m_headerName(new QLineEdit),
      m_clientId(new QLineEdit),
      m_scope(new QLineEdit)
{
    build();
    setSignIn({});
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SignInFields::takeKind);
    connect(m_body, &QPlainTextEdit::textChanged, this, &SignInFields::edited);
}

QWidget *SignInFields::addPart(QVBoxLayout *column, const QString &name, QWidget *field, const QString &objectName)
{
    auto *part = new QWidget;
    auto *inner = new QVBoxLayout(part);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(space::kTiny);
    addField(inner, name, field, objectName);
    column->addWidget(part);
    return part;
}

void SignInFields::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    for (const SignInKind kind : kKinds)
        m_kind->addItem(labelOf(kind), static_cast<int>(kind));
    addPart(column, tr("How it signs in"), m_kind, u"signInKind"_s);
    m_urlPart = addPart(column, tr("Address that takes the sign-in"), m_url, u"signInUrl"_s);
    m_body->setFont(codeFont());
    m_body->setTabChangesFocus(true);
    m_body->setFixedHeight(m_body->fontMetrics().height() * 3 + space::kLarge);
    m_bodyPart = addPart(column, tr("What is sent, with {{user}} and {{password}}"), m_body, u"signInBody"_s);
    m_csrfPart = addPart(column, tr("Page with the form, if it hands out {{csrf}}"), m_csrfSource, u"signInCsrf"_s);
    m_tokenPart =
        addPart(column, tr("Where the token comes back; empty for a cookie"), m_tokenPointer, u"signInToken"_s);
    m_headerPart = addPart(column, tr("Header that takes it"), m_headerName, u"signInHeader"_s);
    m_clientPart = addPart(column, tr("Client id"), m_clientId, u"signInClient"_s);
    m_scopePart = addPart(column, tr("Scope, if any"), m_scope, u"signInScope"_s);
    m_url->setPlaceholderText(u"https://app.example.com/login"_s);
    m_csrfSource->setPlaceholderText(u"https://app.example.com/login"_s);
    m_tokenPointer->setPlaceholderText(u"/access_token"_s);
}

SignInKind SignInFields::kind() const
{
    return static_cast<SignInKind>(m_kind->currentData().toInt());
}

void SignInFields::setSignIn(const SignIn &signIn)
{
    m_signIn = signIn;
    const QSignalBlocker quiet(m_kind);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(signIn.kind)));
    m_url->setText(signIn.url);
    m_csrfSource->setText(signIn.csrfSource);
    m_tokenPointer->setText(signIn.tokenPointer);
    m_headerName->setText(signIn.headerName);
    m_clientId->setText(signIn.clientId);
    m_scope->setText(signIn.scope);
    const bool isBlank = signIn.bodyTemplate.isEmpty() && signIn.url.isEmpty();
    if (isBlank)
        m_signIn.contentType = usualOf(signIn.kind).contentType;
    m_body->setPlainText(isBlank ? usualOf(signIn.kind).body : signIn.bodyTemplate);
    showKind();
}

// The usual body of one kind gives way to that of another; a body that was written stays.
void SignInFields::takeKind()
{
    const Usual before = usualOf(m_signIn.kind);
    const Usual now = usualOf(kind());
    const bool isUsual = m_body->toPlainText() == before.body;
    const QString header = m_headerName->text();
    if (hasHeader(kind()) && (header.isEmpty() || header == usualHeaderOf(m_signIn.kind)))
        m_headerName->setText(usualHeaderOf(kind()));
    m_signIn.kind = kind();
    if (isUsual)
        m_body->setPlainText(now.body);
    m_signIn.contentType = now.contentType;
    showKind();
    emit edited();
}

void SignInFields::showKind()
{
    const bool isForm = kind() == SignInKind::Form || kind() == SignInKind::Json;
    const bool isOAuth = kind() == SignInKind::OAuthPassword || kind() == SignInKind::OAuthClient;
    m_urlPart->setVisible(isForm || isOAuth);
    m_bodyPart->setVisible(isForm || (isOAuth && !m_signIn.bodyTemplate.isEmpty()));
    m_csrfPart->setVisible(isForm);
    m_tokenPart->setVisible(isForm);
    m_headerPart->setVisible(hasHeader(kind()));
    m_clientPart->setVisible(isOAuth);
    m_scopePart->setVisible(isOAuth);
}

SignIn SignInFields::signIn() const
{
    SignIn signIn = m_signIn;
    signIn.url = m_url->text().trimmed();
    signIn.bodyTemplate = asksToSignIn(kind()) ? m_body->toPlainText() : QString();
    signIn.csrfSource = m_csrfSource->text().trimmed();
    signIn.tokenPointer = m_tokenPointer->text().trimmed();
    signIn.headerName = m_headerName->text().trimmed();
    signIn.clientId = m_clientId->text().trimmed();
    signIn.scope = m_scope->text().trimmed();
    return signIn;
}

} // namespace cockpit
