#include "ui/message/deliverycard.h"

#include "ui/message/messagework.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kTlsPort = 465;
constexpr int kStartTlsPort = 587;
constexpr int kHighestPort = 65535;

} // namespace

DeliveryCard::DeliveryCard(Session &session, MessageWork &work, QWidget *parent)
    : Card(parent),
      m_session(session),
      m_work(work),
      m_proof(new PlainLabel),
      m_problem(new PlainLabel),
      m_host(new QLineEdit),
      m_security(new QComboBox),
      m_port(new QSpinBox),
      m_user(new QLineEdit),
      m_sameAsPassword(new QCheckBox(tr("The user name is the password, too (one token for both)"))),
      m_password(new QComboBox),
      m_from(new QLineEdit),
      m_to(new QLineEdit),
      m_more(makeLinkButton({}, u"showDelivery"_s)),
      m_form(new QWidget),
      m_send(makeSecondaryButton(tr("Send a test message"), u"sendTest"_s)),
      m_stop(makeSecondaryButton(tr("Stop"), u"stopSending"_s)),
      m_progress(new PlainLabel(tr("Sending…")))
{
    setObjectName(u"deliveryCard"_s);
    column()->setSpacing(space::kSmall);
    column()->addWidget(&(new PlainLabel(tr("Send a test message")))->setScale(TextSize::Section, QFont::DemiBold));
    column()->addWidget(
        &(new PlainLabel(tr("It goes out through the account that your product sends with, encrypted or "
                            "not at all. Read it where it arrives, and paste its original above.")))
             ->setMuted());
    m_proof->setObjectName(u"deliveryProof"_s);
    column()->addWidget(m_proof);
    column()->addWidget(m_more, 0, Qt::AlignLeading);
    column()->addWidget(m_form);
    createFields();
    connectFields();
    showForm(false);
}

void DeliveryCard::createFields()
{
    m_security->addItem(tr("Encrypted from the first byte (usually port 465)"), toWord(SmtpSecurity::Tls));
    m_security->addItem(tr("STARTTLS (usually port 587)"), toWord(SmtpSecurity::StartTls));
    m_security->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_password->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_port->setRange(1, kHighestPort);
    m_port->setValue(kTlsPort);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons); // nobody counts up to a port
    m_host->setPlaceholderText(tr("For example smtp.yourprovider.com"));
    auto *fields = new QVBoxLayout(m_form);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(space::kSmall);
    addField(fields, tr("Outgoing mail server"), m_host, u"smtpHost"_s);
    addField(fields, tr("Encryption"), m_security, u"smtpSecurity"_s);
    addField(fields, tr("Port"), m_port, u"smtpPort"_s);
    addField(fields, tr("User name"), m_user, u"smtpUser"_s);
    m_sameAsPassword->setObjectName(u"smtpSameAsPassword"_s);
    fields->addWidget(m_sameAsPassword);
    addField(fields, tr("Password, from your credentials"), m_password, u"smtpPassword"_s);
    addField(fields, tr("From"), m_from, u"smtpFrom"_s);
    addField(fields, tr("To, an address that you can read"), m_to, u"smtpTo"_s);
    m_problem->setObjectName(u"deliveryProblem"_s);
    fields->addWidget(&m_problem->setMuted());
    m_progress->setObjectName(u"sendingTest"_s);
    m_progress->setWordWrap(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(m_send);
    row->addWidget(m_stop);
    row->addWidget(&m_progress->setMuted());
    row->addStretch();
    fields->addLayout(row);
}

void DeliveryCard::showForm(bool shown)
{
    m_form->setVisible(shown);
    m_more->setText(shown ? tr("Hide the account") : tr("Choose the account"));
}

void DeliveryCard::connectFields()
{
    const auto changed = [this] { setBusy(m_isBusy); };
    for (QLineEdit *field : {m_host, m_user, m_from, m_to})
        connect(field, &QLineEdit::textChanged, this, changed);
    connect(m_password, &QComboBox::currentIndexChanged, this, changed);
    connect(m_security, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (m_port->value() == kTlsPort || m_port->value() == kStartTlsPort)
            m_port->setValue(index == 0 ? kTlsPort : kStartTlsPort);
    });
    connect(m_more, &QPushButton::clicked, this, [this] { showForm(m_form->isHidden()); });
    connect(m_sameAsPassword, &QCheckBox::toggled, this, changed);
    connect(m_send, &QPushButton::clicked, this, [this] { m_work.send(typed()); });
    connect(m_stop, &QPushButton::clicked, &m_work, &MessageWork::stop);
    connect(&m_work, &MessageWork::accountUsed, this, &DeliveryCard::keepAccount);
    connect(&m_work, &MessageWork::sent, this, &DeliveryCard::takeSent);
}

DeliverySetup DeliveryCard::typed() const
{
    DeliverySetup setup;
    setup.host = m_host->text().trimmed();
    setup.port = static_cast<quint16>(m_port->value());
    setup.security = smtpSecurityFromWord(m_security->currentData().toString()).value_or(SmtpSecurity::Tls);
    setup.userIsPassword = m_sameAsPassword->isChecked();
    setup.user = setup.userIsPassword ? QString() : m_user->text().trimmed();
    setup.keychainEntry = m_password->currentData().toString();
    setup.from = m_from->text().trimmed();
    setup.to = m_to->text().trimmed();
    return setup;
}

void DeliveryCard::fill(const DeliverySetup &setup)
{
    m_host->setText(setup.host);
    m_security->setCurrentIndex(m_security->findData(toWord(setup.security)));
    m_port->setValue(setup.port);
    m_user->setText(setup.user);
    m_sameAsPassword->setChecked(setup.userIsPassword);
    m_password->setCurrentIndex(std::max(0, m_password->findData(setup.keychainEntry)));
    m_from->setText(setup.from);
    m_to->setText(setup.to);
}

void DeliveryCard::fillPasswords()
{
    const QString chosen = m_password->currentData().toString();
    m_password->clear();
    m_password->addItem(tr("None: add one on the page Credentials"), QString());
    for (const Credential &credential : m_session.project().credentials)
        m_password->addItem(credential.name, credential.keychainEntry);
    m_password->setCurrentIndex(std::max(0, m_password->findData(chosen)));
}

void DeliveryCard::refresh()
{
    fillPasswords();
    const auto &setup = m_session.project().delivery.setup;
    // What is being typed stays, until another project or another set-up comes.
    if (m_project != m_session.path() || m_shown != setup) {
        m_project = m_session.path();
        m_shown = setup;
        fill(setup.value_or(DeliverySetup{}));
    }
    m_proof->setText(proofSentences().join(u'\n'));
    m_proof->setVisible(!m_proof->text().isEmpty());
    setBusy(m_isBusy);
}

void DeliveryCard::setBusy(bool busy)
{
    m_isBusy = busy;
    const QString missing = whatIsMissing(typed());
    const bool canChange = m_session.isOpen() && !m_session.isReadOnly();
    m_problem->setText(missing);
    m_problem->setVisible(canChange && !missing.isEmpty());
    m_send->setEnabled(!busy && canChange && missing.isEmpty());
    m_stop->setVisible(m_work.isSending());
    m_progress->setVisible(m_work.isSending());
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_host, m_security, m_port, m_sameAsPassword, m_password, m_from, m_to})
        field->setEnabled(canChange);
    m_user->setEnabled(canChange && !m_sameAsPassword->isChecked());
}

void DeliveryCard::keepAccount(const DeliverySetup &setup)
{
    Delivery delivery = m_session.project().delivery;
    delivery.setup = setup;
    m_shown = setup; // what was typed since it was sent stays
    if (setup.userIsPassword) {
        m_sameAsPassword->setChecked(true);
        m_user->clear(); // a user name that is the password is on the screen no longer
    }
    m_session.setDelivery(delivery);
}

void DeliveryCard::takeSent(const SentMessage &message)
{
    Delivery delivery = m_session.project().delivery;
    delivery.sent = message;
    m_session.setDelivery(delivery);
}

QStringList DeliveryCard::proofSentences() const
{
    const auto &[setup, sent, proof] = m_session.project().delivery;
    const auto text = [this](const QDateTime &time) {
        return locale().toString(time.toLocalTime(), QLocale::ShortFormat);
    };
    QStringList sentences;
    const bool isAwaited = sent && !(proof && proof->isOwnTest && proof->at >= sent->at);
    if (isAwaited && sent->answer.isEmpty())
        sentences << tr("A test message went out on %1, and the server did not say that it took it. It has not been "
                        "read here yet.")
                         .arg(text(sent->at));
    else if (isAwaited)
        sentences << tr("A test message was sent on %1. It has not been read here yet.").arg(text(sent->at));
    if (proof && proof->isOwnTest)
        sentences << tr("The test message arrived and was read here on %1.").arg(text(proof->at));
    else if (proof)
        sentences << tr("The last message of %1 was read here on %2.").arg(proof->domain, text(proof->at));
    return sentences;
}

} // namespace cockpit
