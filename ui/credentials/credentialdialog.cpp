#include "ui/credentials/credentialdialog.h"

#include "ui/credentials/credentialvault.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

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
      m_name(new QLineEdit(this)),
      m_purpose(new QLineEdit(this)),
      m_value(new QLineEdit(this)),
      m_missing(new PlainLabel(this)),
      m_save(makePrimaryButton(tr("Store in keychain"), u"saveCredential"_s, this))
{
    setWindowTitle(replaced ? tr("New value for %1").arg(replaced->name) : tr("Add a credential"));
    build();
    validate();
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
    if (!m_replaced) {
        form->addRow(tr("&Name"), m_name);
        form->addRow(tr("&What it is for"), m_purpose);
    } else {
        m_name->hide();
        m_purpose->hide();
    }
    form->addRow(tr("&Value"), m_value);
    auto *note = new PlainLabel(tr("The value goes to your computer's keychain. The project file keeps the name and "
                                   "what it is for."),
                                this);
    note->setMuted();
    auto *cancel = makeSecondaryButton(tr("Cancel"), u"cancelCredential"_s, this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_missing, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kWide);
    column->setSpacing(space::kLarge);
    column->addWidget(note);
    column->addLayout(form);
    column->addLayout(buttons);
    m_save->setDefault(true);
    connect(m_save, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &CredentialDialog::validate);
    connect(m_value, &QLineEdit::textChanged, this, &CredentialDialog::validate);
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
