#include "ui/secrets/keytrialdialog.h"

#include "checks/engine/background.h"
#include "checks/engine/guarded.h"
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

} // namespace

KeyTrialDialog::KeyTrialDialog(KeyTester tester, NetOptions net, QString rule, const QString &name, QWidget *parent)
    : QDialog(parent),
      m_tester(std::move(tester)),
      m_net(std::move(net)),
      m_rule(std::move(rule)),
      m_key(new QLineEdit),
      m_answer(new PlainLabel),
      m_ask(makePrimaryButton(tr("Send this once"), u"askProvider"_s))
{
    m_pool.setMaxThreadCount(1);
    setObjectName(u"keyTrialDialog"_s);
    setWindowTitle(tr("Try the old key of %1").arg(name));
    QVBoxLayout *column = makeDialogColumn(
        this, windowTitle(),
        tr("The key goes to its provider, in one request that reads and changes nothing, and nowhere else. It is not "
           "kept. The provider may write down that it was used."));
    m_key->setEchoMode(QLineEdit::Password);
    addField(column, tr("The old key"), m_key, u"trialKey"_s);
    auto *what = new PlainLabel(tr("What is sent"));
    column->addWidget(&what->setScale(TextSize::Body, QFont::DemiBold));
    auto *request = new CodeBox;
    request->setCode(m_tester.request(m_rule).value_or(QString()));
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
    m_pool.start([this, key, rule = m_rule, ask = m_tester.ask, net = m_net, token = m_token] {
        standBehindTheWindow();
        const Result<KeyAnswer> said = guarded([&] { return ask(rule, key, net, token); });
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

} // namespace cockpit
