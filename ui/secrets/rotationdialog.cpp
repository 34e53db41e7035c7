#include "ui/secrets/rotationdialog.h"

#include "models/keykinds.h"
#include "ui/secrets/keytrialdialog.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statusrow.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString aboutOf(const SecretEntry &entry)
{
    if (isRotated(entry))
        return RotationDialog::tr("It was replaced, and the old one is dead.");
    if (entry.exposure != Exposure::Yes)
        return RotationDialog::tr("Nobody else is known to have it.");
    return entry.exposedWhere.isEmpty()
               ? RotationDialog::tr("Somebody else may have it.")
               : RotationDialog::tr("Somebody else may have it. It was seen here: %1.").arg(entry.exposedWhere);
}

QString hintFor(RotationStep step)
{
    switch (step) {
    case RotationStep::MadeNew:
        return RotationDialog::tr("At the service, with no more rights than it needs. Leave the old one as it is for "
                                  "now.");
    case RotationStep::PutInPlace:
        return RotationDialog::tr("In each environment that uses it, and nowhere in the code.");
    case RotationStep::Deployed:
        return RotationDialog::tr("Release, and try the part of your product that needs it.");
    case RotationStep::RevokedOld:
        return RotationDialog::tr("Delete or disable it at the service. Do not wait for a quiet day.");
    case RotationStep::ShownDead:
        return RotationDialog::tr("Try it once, with a call that only reads. Its service must refuse it.");
    }
    Q_UNREACHABLE();
}

} // namespace

RotationDialog::RotationDialog(const SecretEntry &entry, const QString &by, const QDate &today, QWidget *parent)
    : QDialog(parent),
      m_entry(entry),
      m_today(today),
      m_by(new QLineEdit(by)),
      m_how(new QLineEdit),
      m_steps(new QVBoxLayout),
      m_problem(new PlainLabel)
{
    setObjectName(u"rotationDialog"_s);
    setWindowTitle(tr("Replace %1").arg(entry.name));
    auto *column = makeDialogColumn(this, windowTitle(), aboutOf(entry));
    setMinimumWidth(fontMetrics().averageCharWidth() * 84);
    addService(column);
    column->addLayout(m_steps);
    addField(column, tr("How the old one was tried, and what came back"), m_how, u"rotationHow"_s);
    m_how->setPlaceholderText(tr("For example: asked for the account's balance, answer 401"));
    addField(column, tr("Who does this"), m_by, u"rotationBy"_s);
    m_problem->setObjectName(u"problem"_s);
    m_problem->setProperty("tone", u"fail"_s);
    column->addWidget(m_problem);
    addButtons(column);
    showSteps();
}

void RotationDialog::addService(QVBoxLayout *column)
{
    const QUrl page = rotationPage(m_entry.rule, m_entry.service);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kMedium);
    if (page.isEmpty()) {
        auto *hint =
            new PlainLabel(tr("Sign in to the service, and look for “API keys”, “Tokens” or “Developers” in its "
                              "settings."));
        row->addWidget(&hint->setMuted(), 1);
    } else {
        auto *open = makeSecondaryButton(m_entry.service.isEmpty() ? tr("Open the page for its keys")
                                                                   : tr("Open %1's page for keys").arg(m_entry.service),
                                         u"openService"_s);
        connect(open, &QPushButton::clicked, this, [page] { QDesktopServices::openUrl(page); });
        row->addWidget(open);
        auto *host = new PlainLabel(page.host());
        row->addWidget(&host->setMuted(), 1);
    }
    column->addLayout(row);
}

void RotationDialog::addButtons(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    m_again = makeSecondaryButton(tr("Begin once more"), u"rotateAgain"_s);
    auto *close = makeSecondaryButton(tr("Close"), u"close"_s);
    row->addWidget(m_again);
    row->addStretch(1);
    row->addWidget(close);
    column->addSpacing(space::kSmall);
    column->addLayout(row);
    connect(m_again, &QPushButton::clicked, this, [this] { take(withNewRotation(m_entry)); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

QString RotationDialog::noteOf(std::size_t index) const
{
    if (index >= m_entry.rotation.size())
        return hintFor(kRotationSteps[index]);
    const StepDone &done = m_entry.rotation[index];
    const QString day = QLocale().toString(done.on, QLocale::ShortFormat);
    return done.how.isEmpty() ? tr("%1, %2").arg(done.by, day) : tr("%1, %2: %3").arg(done.by, day, done.how);
}

StatusRow *RotationDialog::makeRow(std::size_t index)
{
    const RotationStep step = kRotationSteps[index];
    const std::size_t done = m_entry.rotation.size();
    auto *row = new StatusRow(labelOf(step), noteOf(index));
    row->setState(index < done ? StateShape::Pass : StateShape::NotRun, index < done ? tr("Done") : tr("Not done yet"));
    row->setRule(index + 1 < kRotationSteps.size());
    if (index == done) {
        auto *button = makePrimaryButton(step == RotationStep::ShownDead ? tr("It is dead") : tr("Done"),
                                         "stepDone-"_L1 + toWord(step));
        button->setAccessibleName(tr("%1: %2").arg(button->text(), labelOf(step)));
        connect(button, &QPushButton::clicked, this, [this, step] { finish(step); });
        if (step == RotationStep::ShownDead)
            addTrial(*row);
        row->addAction(button);
    } else if (index + 1 == done) {
        auto *undo = makeLinkButton(tr("Not done after all"), u"undoStep"_s);
        undo->setAccessibleName(tr("%1: %2").arg(undo->text(), labelOf(step)));
        connect(undo, &QPushButton::clicked, this, [this] { take(withoutLastStep(m_entry)); });
        row->addAction(undo);
    }
    return row;
}

void RotationDialog::offerTrial(const KeyTester &tester, const NetOptions &net)
{
    if (!tester.isComplete() || !tester.request(m_entry.rule))
        return;
    m_tester = tester;
    m_net = net;
    showSteps();
}

void RotationDialog::addTrial(StatusRow &row)
{
    if (!m_tester)
        return;
    auto *attempt = makeSecondaryButton(tr("Try it…"), u"tryOldKey"_s);
    attempt->setAccessibleName(tr("Try the old key at its provider"));
    connect(attempt, &QPushButton::clicked, this, &RotationDialog::openTrial);
    row.addAction(attempt);
}

// What the provider said is written down; the person confirms the step.
void RotationDialog::openTrial()
{
    const KeyTrial trial{
        {m_entry.rule, m_entry.fingerprint}, tr("Try the old key of %1").arg(m_entry.name), tr("The old key")};
    auto *dialog = new KeyTrialDialog(*m_tester, m_net, trial, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &KeyTrialDialog::answered, this, [this](const KeyAnswer &answer) {
        if (answer.standing == KeyStanding::Dead)
            m_how->setText(answer.what);
        m_problem->setText(answer.standing == KeyStanding::Live ? answer.what : QString());
    });
    dialog->open();
}

// Made anew after each step: what was the next one is done, and its button is gone.
void RotationDialog::showSteps()
{
    if (m_rows) {
        m_rows->hide();
        m_rows->deleteLater();
    }
    m_rows = new QWidget;
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (std::size_t i = 0; i < kRotationSteps.size(); ++i)
        column->addWidget(makeRow(i));
    m_steps->addWidget(m_rows);
    m_rows->show(); // at once: a button that is not seen yet takes no focus
    m_how->setEnabled(nextStep(m_entry) == RotationStep::ShownDead);
    m_again->setVisible(isRotated(m_entry));
}

void RotationDialog::finish(RotationStep step)
{
    const QString how = step == RotationStep::ShownDead ? m_how->text().trimmed() : QString();
    const auto changed = withStepDone(m_entry, step, {m_today, m_by->text().trimmed(), how});
    if (!changed) {
        m_problem->setText(changed.error().message);
        (m_by->text().trimmed().isEmpty() ? m_by : m_how)->setFocus();
        return;
    }
    take(*changed);
    // The keyboard stays where the work goes on.
    const auto buttons = m_rows->findChildren<QPushButton *>();
    const auto next = std::ranges::find_if(
        buttons, [](const QPushButton *button) { return button->objectName().startsWith("stepDone-"_L1); });
    if (m_how->isEnabled())
        m_how->setFocus();
    else if (next != buttons.end())
        (*next)->setFocus();
}

void RotationDialog::take(const SecretEntry &entry)
{
    m_problem->setText({});
    m_entry = entry;
    showSteps();
    emit changed(entry);
}

} // namespace cockpit
