#include "ui/records/wishforms.h"

#include "models/providers.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kPasteLines = 6;

void addHeading(Card *card, const QString &title, const QString &about)
{
    card->column()->setSpacing(space::kSmall);
    card->column()->addWidget(&(new PlainLabel(title, card))->setScale(TextSize::Section, QFont::DemiBold));
    card->column()->addWidget(&(new PlainLabel(about, card))->setMuted());
}

QString serviceName(const QString &domain)
{
    const auto &providers = knownProviders();
    const auto it = std::ranges::find_if(providers, [&](const Provider &p) { return matchesHost(p.spf, domain); });
    return it == providers.end() ? domain : it->name;
}

// A box whose words wrap stands beside a label of its own.
QCheckBox *addCheck(QVBoxLayout *column, const QString &objectName, const QString &text, const QString &note)
{
    auto *box = new QCheckBox;
    box->setObjectName(objectName);
    box->setAccessibleName(text);
    box->setAccessibleDescription(note);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(new PlainLabel(text));
    if (!note.isEmpty())
        texts->addWidget(&(new PlainLabel(note))->setMuted());
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(box, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    column->addLayout(row);
    return box;
}

void clear(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide(); // at once, or it would be seen beside what comes in its place
            widget->deleteLater();
        }
        if (item->layout())
            clear(item->layout());
        delete item;
    }
}

} // namespace

SpfForm::SpfForm(QWidget *parent)
    : Card(parent), m_boxes(new QVBoxLayout), m_services(new QComboBox), m_ending(new QComboBox)
{
    addHeading(this, tr("Who may send mail for you"),
               tr("Untick what you no longer use. Mail from services that use a return address of their own (often "
                  "Resend, Amazon SES, SendGrid, Postmark and Mailgun) needs no entry here."));
    m_boxes->setSpacing(space::kSmall);
    column()->addLayout(m_boxes);
    addField(column(), tr("Add a service"), m_services, u"addService"_s);
    addField(column(), tr("Mail from everybody else"), m_ending, u"spfEnding"_s);
    m_services->addItem(tr("Choose a service"));
    for (const Provider &provider : knownProviders()) {
        if (!provider.spf.isEmpty() && !provider.spf.front().contains(u'*'))
            m_services->addItem(provider.name, provider.spf.front());
    }
    m_ending->addItem(tr("As it is"), QString());
    m_ending->addItem(tr("Suspicious (~all)"), u"~all"_s);
    m_ending->addItem(tr("Refused (-all)"), u"-all"_s);
    for (QComboBox *box : {m_services, m_ending})
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_services, &QComboBox::activated, this, &SpfForm::addService);
    connect(m_ending, &QComboBox::activated, this, &SpfForm::changed);
}

void SpfForm::setToday(const RecordsToday &today)
{
    m_published = today.spfDomains;
    QStringList domains = m_published;
    for (const auto &[domain, isWanted] : m_chosen) {
        if (isWanted && !domains.contains(domain))
            domains << domain;
    }
    m_allowed.clear();
    clear(m_boxes);
    for (const QString &domain : domains)
        addBox(domain);
}

void SpfForm::forget()
{
    m_chosen.clear();
    m_ending->setCurrentIndex(0);
    setToday({});
}

void SpfForm::addService()
{
    const QString domain = m_services->currentData().toString();
    m_services->setCurrentIndex(0);
    if (domain.isEmpty())
        return;
    m_chosen[domain] = true;
    if (const auto known = m_allowed.find(domain); known != m_allowed.end())
        known->second->setChecked(true);
    else
        addBox(domain);
    emit changed();
}

void SpfForm::addBox(const QString &domain)
{
    const QString name = serviceName(domain);
    QCheckBox *box = addCheck(m_boxes, u"allow-"_s + domain, name, name == domain ? QString() : domain);
    const auto chosen = m_chosen.find(domain);
    box->setChecked(chosen == m_chosen.end() || chosen->second);
    m_allowed[domain] = box;
    connect(box, &QCheckBox::toggled, this, [this, domain](bool isWanted) {
        m_chosen[domain] = isWanted;
        emit changed();
    });
}

SpfWish SpfForm::wish() const
{
    SpfWish wish{.ending = m_ending->currentData().toString()};
    for (const auto &[domain, box] : m_allowed) {
        if (box->isChecked() && !m_published.contains(domain))
            wish.add << domain;
        if (!box->isChecked() && m_published.contains(domain))
            wish.remove << domain;
    }
    return wish;
}

DkimForm::DkimForm(QWidget *parent) : Card(parent), m_selector(new QLineEdit), m_pasted(new QPlainTextEdit)
{
    addHeading(this, tr("What your mail provider shows for DKIM"),
               tr("Paste it as it is, with quotation marks and line breaks, or the whole line of a zone file."));
    addField(column(), tr("Selector or name"), m_selector, u"dkimSelector"_s);
    m_selector->setPlaceholderText(tr("For example: s1 or s1._domainkey"));
    addField(column(), tr("Value or target"), m_pasted, u"dkimPasted"_s);
    m_pasted->setTabChangesFocus(true);
    m_pasted->setMinimumHeight(m_pasted->fontMetrics().lineSpacing() * kPasteLines);
    connect(m_selector, &QLineEdit::textChanged, this, &DkimForm::changed);
    connect(m_pasted, &QPlainTextEdit::textChanged, this, &DkimForm::changed);
}

void DkimForm::forget()
{
    const QSignalBlocker blockers[] = {QSignalBlocker(m_selector), QSignalBlocker(m_pasted)};
    m_selector->clear();
    m_pasted->clear();
}

DkimWish DkimForm::wish() const
{
    return {.selector = m_selector->text(), .pasted = m_pasted->toPlainText()};
}

DmarcForm::DmarcForm(QWidget *parent) : Card(parent), m_policy(new QComboBox), m_reports(new QLineEdit)
{
    addHeading(this, tr("What receivers should do with fakes"),
               tr("The plan below says when the next step is due. Do not skip the reports."));
    m_policy->addItem(tr("Deliver and report (none)"), static_cast<int>(DmarcPolicy::None));
    m_policy->addItem(tr("Into the spam folder (quarantine)"), static_cast<int>(DmarcPolicy::Quarantine));
    m_policy->addItem(tr("Refuse (reject)"), static_cast<int>(DmarcPolicy::Reject));
    m_policy->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    addField(column(), tr("Policy"), m_policy, u"dmarcPolicy"_s);
    m_test = addCheck(column(), u"dmarcTest"_s, tr("Only test it (t=y)"), tr("Receivers apply one level less."));
    m_madeUp = addCheck(column(), u"dmarcMadeUp"_s, tr("Refuse mail from made-up subdomains (np=reject)"),
                        tr("Safe at once: nobody sends such mail in earnest."));
    m_madeUp->setChecked(true);
    addField(column(), tr("Addresses for reports"), m_reports, u"dmarcReports"_s);
    m_reports->setPlaceholderText(tr("For example: dmarc-reports@yourproduct.com"));
    connect(m_policy, &QComboBox::activated, this, [this] { touch(m_policy); });
    connect(m_test, &QCheckBox::toggled, this, [this] { touch(m_test); });
    connect(m_madeUp, &QCheckBox::toggled, this, [this] { touch(m_madeUp); });
    connect(m_reports, &QLineEdit::textChanged, this, [this] { touch(m_reports); });
}

void DmarcForm::setToday(const RecordsToday &today)
{
    const QSignalBlocker blockers[] = {QSignalBlocker(m_test), QSignalBlocker(m_madeUp), QSignalBlocker(m_reports)};
    const DmarcPolicy first = today.sendsNoMail ? DmarcPolicy::Reject : DmarcPolicy::None;
    if (isUntouched(m_policy))
        m_policy->setCurrentIndex(m_policy->findData(static_cast<int>(today.policy.value_or(first))));
    if (isUntouched(m_test))
        m_test->setChecked(today.isTest);
    if (isUntouched(m_madeUp))
        m_madeUp->setChecked(true);
    const QStringList usual = today.sendsNoMail ? QStringList() : QStringList{u"dmarc-reports@"_s + today.domain};
    if (isUntouched(m_reports))
        m_reports->setText((today.reports.isEmpty() ? usual : today.reports).join(u", "_s));
}

void DmarcForm::forget()
{
    m_touched.clear();
}

void DmarcForm::touch(const QWidget *field)
{
    m_touched.insert(field);
    emit changed();
}

void DmarcForm::choose(DmarcPolicy policy, bool isTest)
{
    {
        const QSignalBlocker blocker(m_test);
        m_policy->setCurrentIndex(m_policy->findData(static_cast<int>(policy)));
        m_test->setChecked(isTest);
    }
    m_touched.insert(m_test);
    touch(m_policy);
}

DmarcWish DmarcForm::wish() const
{
    DmarcWish wish{.policy = static_cast<DmarcPolicy>(m_policy->currentData().toInt()), .isTest = m_test->isChecked()};
    if (!m_madeUp->isChecked())
        wish.nonexistentPolicy.reset();
    for (const QString &address : m_reports->text().split(u',', Qt::SkipEmptyParts)) {
        if (!address.trimmed().isEmpty())
            wish.reports << address.trimmed();
    }
    return wish;
}

} // namespace cockpit
