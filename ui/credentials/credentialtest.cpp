#include "ui/credentials/credentialtest.h"

#include "checks/engine/background.h"
#include "checks/engine/guarded.h"
#include "ui/session.h"

namespace cockpit {

CredentialTest::CredentialTest(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    m_pool.setMaxThreadCount(1);
}

CredentialTest::~CredentialTest()
{
    m_token.cancel();
    m_pool.waitForDone();
}

void CredentialTest::setRunning(bool running)
{
    if (m_isRunning == running)
        return;
    m_isRunning = running;
    emit runningChanged(running);
}

void CredentialTest::start(const Credential &credential, const Ask &ask)
{
    forget();
    m_token = CancelToken();
    setRunning(true);
    m_pool.start([this, test = m_test, credential, ask, net = m_session.netOptions(), cancel = m_token] {
        standBehindTheWindow();
        const Result<QString> said = guarded([&] { return ask(net, cancel); });
        QMetaObject::invokeMethod(this, [this, test, credential, said] { take(test, credential, said); });
    });
}

void CredentialTest::take(quint64 test, const Credential &credential, const Result<QString> &said)
{
    if (test != m_test)
        return;
    setRunning(false);
    if (said)
        emit works(credential, *said);
    else
        emit failed(credential, said.error());
}

void CredentialTest::forget()
{
    m_token.cancel();
    ++m_test;
    setRunning(false);
}

} // namespace cockpit
