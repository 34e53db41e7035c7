#include "ui/access/consentstep.h"

#include "checks/engine/activeleave.h"
#include "checks/engine/vendorhosts.h"
#include "ui/access/forecastwords.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// Where an agreement would let them go.
std::optional<ActiveTerms> termsOf(const Session &session)
{
    ProjectState asked = session.project();
    asked.permission.stopped = false;
    asked.permission.agreedBy = u"asked"_s;
    asked.permission.agreedAt = QDateTime::currentDateTimeUtc();
    asked.permission.agreedFor = asked.settings.target.domain;
    const ActiveLeave leave = activeLeave(asked, session.netOptions(), QDateTime::currentDateTimeUtc());
    return leave.isGiven() ? std::optional(*leave.terms) : std::nullopt;
}

// Ids of the checks that send what an attacker would.
QStringList activeChecks(const Session &session)
{
    QStringList ids;
    for (const CatalogEntry &entry : session.catalog().entries()) {
        if (entry.kind == CheckKind::Active && session.registry().find(entry.id))
            ids << entry.id;
    }
    return ids;
}

// Of all checks, as none of them is left out when "look at everything" is pressed.
RequestForecast forecastOf(const Session &session)
{
    PlanRequest request;
    request.target = session.project().settings.target;
    request.roadmap = session.roadmap();
    request.facts = projectFactsOf(session.project());
    return requestForecast(std::move(request), session.catalog(), session.registry());
}

// Of checks, in one sentence of a dialog.
constexpr qsizetype kMostNames = 5;

// In steps of the field.
int proposedBudget(const RequestForecast &forecast)
{
    constexpr int kStep = 50;
    const int enough = (forecast.enough() + kStep - 1) / kStep * kStep;
    return std::clamp(enough, ActiveBudget().requests, kMostActiveRequests);
}

} // namespace

ConsentStep::ConsentStep(Session &session, const QString &by, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_forecast(forecastOf(session)),
      m_sent(new PlainLabel),
      m_changes(new PlainLabel),
      m_checks(new PlainLabel),
      m_showChecks(makeLinkButton({}, u"showActiveChecks"_s)),
      m_most(new PlainLabel),
      m_shortage(new PlainLabel),
      m_allowEnough(makeLinkButton({}, u"allowEnough"_s)),
      m_requests(new QSpinBox),
      m_perSecond(new QDoubleSpinBox),
      m_lockable(new QSpinBox),
      m_name(new QLineEdit(by))
{
    build();
    fill();
}

void ConsentStep::addText(const QString &heading, PlainLabel *text, const QString &objectName)
{
    layout()->addWidget(&(new PlainLabel(heading))->setScale(TextSize::Body, QFont::DemiBold));
    text->setObjectName(objectName);
    layout()->addWidget(&text->setMuted());
}

void ConsentStep::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    addText(tr("What is sent"), m_sent, u"consentSent"_s);
    column->addWidget(m_showChecks, 0, Qt::AlignLeading);
    m_checks->setObjectName(u"activeChecks"_s);
    m_checks->hide();
    column->addWidget(&m_checks->setMuted());
    addText(tr("What it could change"), m_changes, u"consentChanges"_s);
    column->addWidget(&(new PlainLabel(tr("How much")))->setScale(TextSize::Body, QFont::DemiBold));
    m_most->setObjectName(u"mostRequests"_s);
    m_shortage->setObjectName(u"budgetShortage"_s);
    column->addWidget(&m_most->setMuted());
    column->addWidget(makeBudget());
    column->addWidget(m_shortage);
    column->addWidget(m_allowEnough, 0, Qt::AlignLeading);
    m_name->setPlaceholderText(tr("First and last name"));
    addField(column, tr("Who allows it"), m_name, u"consentName"_s);
    m_showChecks->setCheckable(true);
    connect(m_showChecks, &QPushButton::toggled, m_checks, &QWidget::setVisible);
    connect(m_requests, &QSpinBox::valueChanged, this, &ConsentStep::showShortage);
    connect(m_requests, &QSpinBox::valueChanged, this, &ConsentStep::showMost);
    connect(m_perSecond, &QDoubleSpinBox::valueChanged, this, &ConsentStep::showMost);
    connect(m_allowEnough, &QPushButton::clicked, this, [this] { m_requests->setValue(proposedBudget(m_forecast)); });
}

void ConsentStep::addNumber(QGridLayout *grid, int column, const QString &name, QWidget *field,
                            const QString &objectName)
{
    auto *cell = new QVBoxLayout;
    cell->setSpacing(space::kTiny);
    auto *label = new PlainLabel(name);
    label->setScale(TextSize::Small);
    label->setBuddy(field);
    label->setAlignment(Qt::AlignLeading | Qt::AlignBottom); // names of one line and of two stand on their fields
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    cell->addWidget(&label->setMuted(), 1);
    cell->addWidget(field);
    grid->addLayout(cell, 0, column);
    grid->setColumnStretch(column, 1);
}

QWidget *ConsentStep::makeBudget()
{
    auto *holder = new QWidget;
    auto *grid = new QGridLayout(holder);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kMedium);
    m_requests->setRange(1, kMostActiveRequests);
    m_requests->setSingleStep(50);
    m_requests->setGroupSeparatorShown(true);
    m_perSecond->setRange(kFewestActivePerSecond, kMostActivePerSecond);
    m_perSecond->setDecimals(1);
    m_lockable->setRange(0, kMostLockableAccounts);
    addNumber(grid, 0, tr("Requests in a run"), m_requests, u"budgetRequests"_s);
    addNumber(grid, 1, tr("Requests a second"), m_perSecond, u"budgetPace"_s);
    addNumber(grid, 2, tr("Throw-away accounts that may be locked"), m_lockable, u"budgetLockable"_s);
    return holder;
}

QString ConsentStep::titleOf(const QString &checkId) const
{
    const CatalogEntry *entry = m_session.catalog().find(checkId);
    return entry ? entry->title : checkId;
}

void ConsentStep::fillBudget()
{
    const Permission &permission = m_session.project().permission;
    const ActiveBudget &budget = permission.budget;
    const bool isOwn = !permission.agreedBy.isEmpty() || budget.requests != ActiveBudget().requests;
    m_requests->setValue(isOwn ? budget.requests : proposedBudget(m_forecast));
    m_perSecond->setValue(budget.perSecond);
    m_lockable->setValue(budget.lockableAccounts);
    showMost();
    m_allowEnough->setText(tr("Allow %1 requests").arg(locale().toString(proposedBudget(m_forecast))));
    showShortage();
}

void ConsentStep::showShortage()
{
    const QString shortage = shortageText(
        m_forecast, m_requests->value(), [this](const QString &id) { return titleOf(id); }, kMostNames);
    m_shortage->setText(shortage);
    m_shortage->setVisible(!shortage.isEmpty());
    m_allowEnough->setVisible(!shortage.isEmpty() && m_requests->value() < proposedBudget(m_forecast));
}

void ConsentStep::showMost()
{
    QStringList sentences{mostRequestsText(m_forecast),
                          runTimeText(m_forecast, budget(), m_session.netOptions().runDeadline)};
    sentences.removeAll(QString());
    m_most->setText(sentences.join(u' '));
    m_most->setVisible(!sentences.isEmpty());
}

void ConsentStep::fill()
{
    fillBudget();
    const std::optional<ActiveTerms> terms = termsOf(m_session);
    const QString between = tr(", ", "between the parts of a list");
    const QString hosts = terms ? terms->hosts.join(between) : m_session.project().settings.target.domain;
    // On this computer alone no service of others is asked.
    const QString vendors =
        terms && terms->isHere
            ? QString()
            : u' ' +
                  tr("If your pages use Firebase, %1 is asked one question, which changes nothing.")
                      .arg(vendorHosts().join(between)) +
                  u' ' +
                  tr("If they use Convex, the queries that they name are run there (%1), and the beginnings of "
                     "the answers are read.")
                      .arg(queryVendor());
    m_sent->setText(tr("What an attacker would try, to %1 and nowhere else: requests without signing in, as your test "
                       "accounts, with forged tokens, with ids of others, with data that is wrong or too long. Each "
                       "one is written into the request log.")
                        .arg(hosts) +
                    vendors);
    const QString letters = lettersText(m_session.project().routes);
    m_changes->setText(tr("Records whose names begin with LC-CANARY are made and removed again. A throw-away account "
                          "may end up locked. Your logs, alerts and mail to test accounts will show the tests. Where "
                          "a rule does not hold, something of a test account may really be changed.") +
                       (letters.isEmpty() ? QString() : u' ' + letters));
    const QStringList checks = activeChecks(m_session);
    const auto title = [this](const QString &id) { return titleOf(id); };
    m_checks->setText(requestLines(m_forecast, title, checks).join(u'\n')); // what would not run now sends nothing
    m_showChecks->setText(tr("%n check(s) that need this", nullptr, static_cast<int>(checks.size())));
    m_showChecks->setVisible(!checks.isEmpty());
}

ActiveBudget ConsentStep::budget() const
{
    return {m_requests->value(), m_perSecond->value(), m_lockable->value()};
}

QString ConsentStep::name() const
{
    return m_name->text().simplified();
}

QString ConsentStep::agree()
{
    const auto possible = withAgreement(m_session.project().permission, m_session.project().settings.target, name(),
                                        QDateTime::currentDateTimeUtc());
    if (!possible)
        return possible.error().message;
    if (budget() != m_session.project().permission.budget)
        m_session.setActiveBudget(budget()); // a larger one asks for the agreement that follows
    m_session.agree(name());
    return {};
}

} // namespace cockpit
