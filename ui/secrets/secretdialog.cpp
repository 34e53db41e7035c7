#include "ui/secrets/secretdialog.h"

#include "ui/secrets/optionaldate.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr std::array kEnvironments{Environment::Local, Environment::Staging, Environment::Production};
constexpr std::array kUsualIntervals{0, 30, 90, 180, 365};
constexpr int kDayOfItsOwn = -1;
constexpr int kUsualInterval = 90;

QString intervalText(int days)
{
    if (days == 0)
        return SecretDialog::tr("No day set");
    return SecretDialog::tr("Every %n day(s)", nullptr, days);
}

template<typename Choice>
void addChoices(QComboBox *box, std::initializer_list<Choice> choices)
{
    for (const Choice choice : choices)
        box->addItem(labelOf(choice), static_cast<int>(choice));
}

void choose(QComboBox *box, int value)
{
    box->setCurrentIndex(std::max(0, box->findData(value)));
}

} // namespace

SecretDialog::SecretDialog(const SecretEntry &entry, const QString &by, const QDate &today, QWidget *parent)
    : QDialog(parent),
      m_entry(entry),
      m_by(by),
      m_today(today),
      m_name(new QLineEdit),
      m_service(new QLineEdit),
      m_owner(new QLineEdit),
      m_scope(new QLineEdit),
      m_kept(new QLineEdit),
      m_where(new QLineEdit),
      m_rightsBy(new QLineEdit),
      m_rotated(new OptionalDate(tr("on"), today)),
      m_exposedOn(new OptionalDate(tr("on"), today)),
      m_interval(new QComboBox),
      m_exposure(new QComboBox),
      m_rights(new QComboBox),
      m_due(new QDateEdit(today.addDays(kUsualInterval))),
      m_problem(new PlainLabel)
{
    setObjectName(u"secretDialog"_s);
    setWindowTitle(entry.name.isEmpty() ? tr("Write a secret down") : entry.name);
    build();
    fill();
    showDependent();
}

void SecretDialog::addCell(QGridLayout *grid, int row, int column, const QString &name, QWidget *field,
                           const QString &objectName)
{
    auto *cell = new QVBoxLayout;
    cell->setSpacing(space::kTiny);
    addField(cell, name, field, objectName);
    grid->addLayout(cell, row, column, Qt::AlignTop);
    grid->setColumnStretch(column, 1);
}

QWidget *SecretDialog::makeEnvironments()
{
    auto *holder = new QWidget;
    auto *flow = new FlowLayout(space::kMedium, holder);
    for (const Environment environment : kEnvironments) {
        auto *box = new QCheckBox(labelOf(environment));
        box->setObjectName("usedIn-"_L1 + toWord(environment));
        box->setAccessibleName(tr("Used in: %1").arg(box->text()));
        flow->addWidget(box);
        m_environments.push_back(box);
    }
    holder->setFocusProxy(m_environments.front());
    return holder;
}

QWidget *SecretDialog::makeInterval()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(m_interval, 1);
    row->addWidget(m_due);
    holder->setFocusProxy(m_interval);
    m_interval->setObjectName(u"secretInterval"_s);
    m_interval->setAccessibleName(tr("Replace it again"));
    m_due->setObjectName(u"secretDue"_s);
    m_due->setAccessibleName(tr("Replace it again on"));
    m_due->setCalendarPopup(true);
    return holder;
}

void SecretDialog::build()
{
    auto *column = makeDialogColumn(this, windowTitle(),
                                    tr("Write down what it is called, whose it is and where it is kept. Never type its "
                                       "value here."));
    setMinimumWidth(fontMetrics().averageCharWidth() * 96);
    m_name->setPlaceholderText(tr("STRIPE_SECRET_KEY, or “Password of the registrar”"));
    m_owner->setPlaceholderText(tr("One person"));
    m_scope->setPlaceholderText(tr("For example: takes payments, pays out"));
    m_kept->setPlaceholderText(tr("For example: Vercel, environment variables"));
    m_where->setPlaceholderText(tr("For example: pasted into a chat"));
    addChoices(m_exposure, {Exposure::Unknown, Exposure::No, Exposure::Yes});
    addChoices(m_rights, {Rights::Unknown, Rights::NoMoreThanNeeded, Rights::MoreThanNeeded});
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::kLarge);
    grid->setVerticalSpacing(space::kMedium);
    addCell(grid, 0, 0, tr("Name"), m_name, u"secretName"_s);
    addCell(grid, 0, 1, tr("Service"), m_service, u"secretService"_s);
    addCell(grid, 1, 0, tr("Owner"), m_owner, u"secretOwner"_s);
    addCell(grid, 1, 1, tr("What it may do"), m_scope, u"secretScope"_s);
    addCell(grid, 2, 0, tr("Where it is kept"), m_kept, u"secretKept"_s);
    addCell(grid, 2, 1, tr("Used in"), makeEnvironments(), u"secretUsedIn"_s);
    addCell(grid, 3, 0, tr("Last replaced"), m_rotated, u"secretRotated"_s);
    m_rotated->describe(tr("Last replaced"), u"secretRotatedOn"_s);
    addCell(grid, 3, 1, tr("Replace it again"), makeInterval(), u"secretAgain"_s);
    addCell(grid, 4, 0, tr("Has anybody else got it?"), m_exposure, u"secretExposure"_s);
    addCell(grid, 4, 1, tr("Found out"), m_exposedOn, u"secretExposed"_s);
    m_exposedOn->describe(tr("Found out"), u"secretExposedOn"_s);
    addCell(grid, 5, 0, tr("Where it was seen"), m_where, u"secretWhere"_s);
    addCell(grid, 6, 0, tr("Rights"), m_rights, u"secretRights"_s);
    addCell(grid, 6, 1, tr("Who looked at its rights"), m_rightsBy, u"secretRightsBy"_s);
    column->addLayout(grid);
    m_problem->setObjectName(u"problem"_s);
    m_problem->setProperty("tone", u"fail"_s);
    column->addWidget(m_problem);
    const QPushButton *ok = addDialogButtons(column, this, tr("Save"));
    connect(ok, &QPushButton::clicked, this, &SecretDialog::submit);
    for (QComboBox *box : {m_interval, m_exposure, m_rights})
        connect(box, &QComboBox::currentIndexChanged, this, &SecretDialog::showDependent);
}

void SecretDialog::fillInterval()
{
    std::vector<int> intervals(kUsualIntervals.begin(), kUsualIntervals.end());
    if (std::ranges::find(intervals, m_entry.rotateEveryDays) == intervals.end()) // from a file: keep what it says
        intervals.push_back(m_entry.rotateEveryDays);
    for (const int days : intervals)
        m_interval->addItem(intervalText(days), days);
    m_interval->addItem(tr("On a day of its own"), kDayOfItsOwn);
    choose(m_interval, m_entry.nextDue.isValid() ? kDayOfItsOwn : m_entry.rotateEveryDays);
    if (m_entry.nextDue.isValid())
        m_due->setDate(m_entry.nextDue);
}

void SecretDialog::fill()
{
    m_name->setText(m_entry.name);
    m_service->setText(m_entry.service);
    m_owner->setText(m_entry.owner);
    m_scope->setText(m_entry.scope);
    m_kept->setText(m_entry.keptIn);
    for (std::size_t i = 0; i < kEnvironments.size(); ++i)
        m_environments[i]->setChecked(std::ranges::find(m_entry.environments, kEnvironments[i]) !=
                                      m_entry.environments.end());
    m_rotated->setDate(m_entry.lastRotated);
    fillInterval();
    choose(m_exposure, static_cast<int>(m_entry.exposure));
    m_exposedOn->setDate(m_entry.exposedOn);
    m_where->setText(m_entry.exposedWhere);
    choose(m_rights, static_cast<int>(m_entry.rights));
    m_rightsBy->setText(m_entry.rightsBy.isEmpty() ? m_by : m_entry.rightsBy);
}

void SecretDialog::showDependent()
{
    m_due->setVisible(m_interval->currentData().toInt() == kDayOfItsOwn);
    const bool isExposed = m_exposure->currentData().toInt() == static_cast<int>(Exposure::Yes);
    m_exposedOn->setEnabled(isExposed);
    m_where->setEnabled(isExposed);
    m_rightsBy->setEnabled(m_rights->currentData().toInt() != static_cast<int>(Rights::Unknown));
}

SecretEntry SecretDialog::entry() const
{
    SecretEntry entry = m_entry;
    entry.name = m_name->text();
    entry.service = m_service->text();
    entry.owner = m_owner->text();
    entry.scope = m_scope->text();
    entry.keptIn = m_kept->text();
    entry.environments.clear();
    for (std::size_t i = 0; i < kEnvironments.size(); ++i) {
        if (m_environments[i]->isChecked())
            entry.environments.push_back(kEnvironments[i]);
    }
    entry.lastRotated = m_rotated->date();
    const int days = m_interval->currentData().toInt();
    entry.nextDue = days == kDayOfItsOwn ? m_due->date() : QDate();
    if (days != kDayOfItsOwn)
        entry.rotateEveryDays = days;
    entry.exposure = static_cast<Exposure>(m_exposure->currentData().toInt());
    entry.exposedOn = entry.exposure == Exposure::Yes ? m_exposedOn->date() : QDate();
    entry.exposedWhere = m_where->text();
    entry.rights = static_cast<Rights>(m_rights->currentData().toInt());
    const bool isKnown = entry.rights != Rights::Unknown;
    entry.rightsBy = isKnown ? m_rightsBy->text() : QString();
    if (!isKnown)
        entry.rightsOn = {};
    else if (entry.rights != m_entry.rights || entry.rightsBy != m_entry.rightsBy || !entry.rightsOn.isValid())
        entry.rightsOn = m_today;
    return entry;
}

void SecretDialog::submit()
{
    const SecretEntry typed = entry();
    const auto checked = checkedSecret(typed);
    QString problem = checked ? QString() : checked.error().message;
    if (problem.isEmpty() && typed.rights != Rights::Unknown && checked->rightsBy.isEmpty())
        problem = tr("Say who looked at its rights.");
    m_problem->setText(problem);
    if (!problem.isEmpty())
        return;
    emit edited(*checked);
    accept();
}

} // namespace cockpit
