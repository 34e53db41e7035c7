#include "ui/credentials/credentialdialog.h"

#include "ui/credentials/credentialvault.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

CredentialDialog::CredentialDialog(const std::vector<Credential> &existing, const std::optional<Credential> &replaced,
                                   QWidget *parent)
    : QDialog(parent),
      m_existing(existing),
      m_replaced(replaced),
      m_kind(new QComboBox(this)),
      m_name(new QLineEdit(this)),
      m_purpose(new QLineEdit(this)),
      m_value(new QLineEdit(this)),
      m_where(new PlainLabel(this)),
      m_howToGet(new PlainLabel(this)),
      m_missing(new PlainLabel(this)),
      m_save(makePrimaryButton(tr("Store in keychain"), u"saveCredential"_s, this))
{
    setWindowTitle(replaced ? tr("New value for %1").arg(replaced->name) : tr("Add a credential"));
    build();
    showKind();
    validate();
}

void CredentialDialog::addQuestions(QFormLayout &form)
{
    m_kind->setObjectName(u"credentialKind"_s);
    for (const CredentialKind kind : {CredentialKind::Other, CredentialKind::CloudflareToken})
        m_kind->addItem(labelOf(kind), QVariant::fromValue(int(kind)));
    m_howToGet->setObjectName(u"credentialHowToGet"_s);
    m_howToGet->setMuted();
    m_howToGet->setWordWrap(true);
    if (m_replaced) {
        for (QWidget *unasked :
             {static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_purpose)})
            unasked->hide();
        return;
    }
    form.addRow(tr("&Kind"), m_kind);
    form.addRow(tr("&Name"), m_name);
    form.addRow(tr("&What it is for"), m_purpose);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &CredentialDialog::showKind);
}

CredentialKind CredentialDialog::kind() const
{
    return m_replaced ? kindOf(*m_replaced) : static_cast<CredentialKind>(m_kind->currentData().toInt());
}

// A name that was typed stays.
void CredentialDialog::showKind()
{
    const bool isToken = kind() == CredentialKind::CloudflareToken;
    m_howToGet->setVisible(isToken);
    m_howToGet->setText(
        tr("At Cloudflare: My Profile, API Tokens, Create Token, Custom token. Give it these permissions to "
           "read, for this domain alone: Zone, Zone Settings, DNS, Zone WAF, Cache Rules, Page Rules, SSL and "
           "Certificates, Bot "
           "Management. It cannot change anything then."));
    const QString usual = tr("Cloudflare token");
    if (isToken && m_name->text().isEmpty())
        m_name->setText(usual);
    else if (!isToken && m_name->text() == usual)
        m_name->clear();
}

void CredentialDialog::build()
{
    m_name->setObjectName(u"credentialName"_s);
    m_purpose->setObjectName(u"credentialPurpose"_s);
    m_purpose->setPlaceholderText(tr("Signs in as an ordinary customer"));
    m_value->setObjectName(u"credentialValue"_s);
    m_value->setEchoMode(QLineEdit::Password);
    m_value->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_value->setMinimumWidth(fontMetrics().averageCharWidth() * 44);
    m_missing->setMuted();
    auto *form = new QFormLayout;
    form->setSpacing(space::kMedium);
    addQuestions(*form);
    form->addRow(tr("&Value"), m_value);
    m_where->setObjectName(u"credentialWhere"_s);
    m_where->setMuted();
    setSessionOnly(false);
    auto *cancel = makeSecondaryButton(tr("Cancel"), u"cancelCredential"_s, this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_missing, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kWide);
    column->setSpacing(space::kLarge);
    column->addWidget(m_where);
    column->addWidget(m_howToGet);
    column->addLayout(form);
    column->addLayout(buttons);
    m_save->setDefault(true);
    connect(m_save, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &CredentialDialog::validate);
    connect(m_value, &QLineEdit::textChanged, this, &CredentialDialog::validate);
}

void CredentialDialog::setSessionOnly(bool sessionOnly)
{
    m_where->setText(sessionOnly
                         ? tr("The value is kept in memory and forgotten when the program ends; it is written to "
                              "no file. The project file keeps the name and what it is for.")
                         : tr("The value goes to your computer's keychain. The project file keeps the name and "
                              "what it is for."));
    m_save->setText(sessionOnly ? tr("Keep for this session") : tr("Store in keychain"));
}

QString CredentialDialog::name() const
{
    return m_name->text().trimmed();
}

QString CredentialDialog::purpose() const
{
    return m_purpose->text().trimmed();
}

Secret CredentialDialog::takeValue()
{
    Secret value(m_value->text().toUtf8());
    m_value->clear();
    return value;
}

void CredentialDialog::validate()
{
    const bool hasValue = !m_value->text().isEmpty();
    QString missing = m_replaced ? QString() : whatIsMissing(m_name->text(), hasValue, m_existing);
    if (m_replaced && !hasValue)
        missing = tr("Paste the new password, key or token.");
    m_missing->setText(missing);
    m_save->setEnabled(missing.isEmpty());
}

} // namespace cockpit
