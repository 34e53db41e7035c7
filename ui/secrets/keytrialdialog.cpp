#include "ui/secrets/keytrialdialog.h"

#include "checks/engine/background.h"
#include "checks/engine/guarded.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString toneOf(KeyStanding standing)
{
    switch (standing) {
    case KeyStanding::Dead:
        return u"pass"_s;
    case KeyStanding::Live:
        return u"fail"_s;
    case KeyStanding::Unknown:
        return u"warn"_s;
    }
    Q_UNREACHABLE();
}

QString comparedText(const TriedKey &which)
{
    return which.fingerprint.isEmpty()
               ? KeyTrialDialog::tr(
                     "Paste the very key that was found: this program cannot tell it from another. It is "
                     "read from no file.")
               : KeyTrialDialog::tr("Paste the key from where it stands. It is compared with what was found first, and "
                                    "another one is not sent. It is read from no file.");
}

} // namespace

KeyTrialDialog::KeyTrialDialog(KeyTester tester, NetOptions net, const KeyTrial &trial, QWidget *parent)
    : QDialog(parent),
      m_tester(std::move(tester)),
      m_net(std::move(net)),
      m_which(trial.key),
      m_key(new QLineEdit),
      m_answer(new PlainLabel),
      m_ask(makePrimaryButton(tr("Send this once"), u"askProvider"_s))
{
    m_pool.setMaxThreadCount(1);
    setObjectName(u"keyTrialDialog"_s);
    setWindowTitle(trial.title);
    QVBoxLayout *column = makeDialogColumn(
        this, windowTitle(),
        tr("The key goes to its provider, in one request that reads and changes nothing, and nowhere else. It is not "
           "kept. The provider may write down that it was used."));
    m_key->setEchoMode(QLineEdit::Password);
    addField(column, trial.field, m_key, u"trialKey"_s);
    auto *compared = new PlainLabel(comparedText(m_which));
    column->addWidget(&compared->setMuted());
    auto *what = new PlainLabel(tr("What is sent"));
    column->addWidget(&what->setScale(TextSize::Body, QFont::DemiBold));
    auto *request = new CodeBox;
    request->setCode(m_tester.request(m_which.rule).value_or(QString()));
    column->addWidget(request);
    m_answer->setObjectName(u"trialAnswer"_s);
    column->addWidget(m_answer);
    auto *row = new QHBoxLayout;
    auto *close = makeSecondaryButton(tr("Close"), u"closeTrial"_s);
    row->addStretch(1);
    row->addWidget(close);
    row->addWidget(m_ask);
    column->addLayout(row);
    m_ask->setEnabled(false);
    connect(m_key, &QLineEdit::textChanged, this,
            [this](const QString &typed) { m_ask->setEnabled(!typed.isEmpty()); });
    connect(m_key, &QLineEdit::returnPressed, m_ask, &QPushButton::click);
    connect(m_ask, &QPushButton::clicked, this, &KeyTrialDialog::ask);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

KeyTrialDialog::~KeyTrialDialog()
{
    m_token.cancel();
    m_pool.waitForDone();
}

void KeyTrialDialog::ask()
{
    const Secret key(m_key->text().toUtf8());
    m_key->clear();
    m_key->setEnabled(false);
    m_ask->setEnabled(false);
    m_answer->setText(tr("The provider is asked."));
    m_pool.start([this, key, which = m_which, ask = m_tester.ask, net = m_net, token = m_token] {
        standBehindTheWindow();
        const Result<KeyAnswer> said = guarded([&] { return ask(which, key, net, token); });
        QMetaObject::invokeMethod(this, [this, said] { take(said); });
    });
}

void KeyTrialDialog::take(const Result<KeyAnswer> &said)
{
    m_key->setEnabled(true);
    m_answer->setProperty("tone", said ? toneOf(said->standing) : u"warn"_s);
    m_answer->setText(said ? said->what : said.error().message);
    if (said)
        emit answered(*said);
    else
        m_key->setFocus();
}

void askProviderOf(Session &session, const TriedKey &key, const QString &findingId, QWidget *parent)
{
    const KeyTrial trial{key, KeyTrialDialog::tr("Does this key still work?"), KeyTrialDialog::tr("The key")};
    auto *dialog = new KeyTrialDialog(session.keyTester(), session.netOptions(), trial, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Another project, or none: the answer is about nothing that is shown.
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        QObject::connect(&session, left, dialog, &QDialog::reject);
    QObject::connect(dialog, &KeyTrialDialog::answered, &session, [&session, findingId](const KeyAnswer &answer) {
        session.noteKeyTrial(findingId, answer.standing);
    });
    dialog->open();
}

} // namespace cockpit
