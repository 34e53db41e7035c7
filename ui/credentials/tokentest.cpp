#include "ui/credentials/tokentest.h"

#include "checks/engine/background.h"
#include "checks/engine/guarded.h"
#include "ui/session.h"

namespace cockpit {

TokenTest::TokenTest(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    m_pool.setMaxThreadCount(1);
}

TokenTest::~TokenTest()
{
    m_token.cancel();
    m_pool.waitForDone();
}

void TokenTest::setRunning(bool running)
{
    if (m_isRunning == running)
        return;
    m_isRunning = running;
    emit runningChanged(running);
}

void TokenTest::start(const Credential &credential, const Secret &value)
{
    forget();
    const TokenTester tester = m_session.tokenTester();
    if (!tester) {
        emit failed(credential, {ErrorKind::Unsupported, tr("This program cannot test tokens.")});
        return;
    }
    m_token = CancelToken();
    setRunning(true);
    m_pool.start([this, test = m_test, credential, value, tester, net = m_session.netOptions(), cancel = m_token] {
        standBehindTheWindow();
        const Result<QString> said = guarded([&] { return tester(value, net, cancel); });
        QMetaObject::invokeMethod(this, [this, test, credential, said] { take(test, credential, said); });
    });
}

void TokenTest::take(quint64 test, const Credential &credential, const Result<QString> &said)
{
    if (test != m_test)
        return;
    setRunning(false);
    if (said)
        emit works(credential, *said);
    else
        emit failed(credential, said.error());
}

void TokenTest::forget()
{
    m_token.cancel();
    ++m_test;
    setRunning(false);
}

} // namespace cockpit
