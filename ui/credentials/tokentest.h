// Asks Cloudflare whether a token works, on a worker. The value is gone with the answer.
#pragma once

#include "checks/engine/edgetoken.h"
#include "models/projectstate.h"

#include <QObject>
#include <QThreadPool>

namespace cockpit {

class Session;

class TokenTest : public QObject
{
    Q_OBJECT

public:
    explicit TokenTest(Session &session, QObject *parent = nullptr);
    ~TokenTest() override; // stops and waits, which takes at most the 100 ms of a token

    void start(const Credential &credential, const Secret &value); // what was going on is abandoned
    void forget();                                                 // nobody hears of the end
    bool isRunning() const { return m_isRunning; }

signals:
    void runningChanged(bool running);
    void works(const cockpit::Credential &credential, const QString &sentence);
    void failed(const cockpit::Credential &credential, const cockpit::Error &error);

private:
    void take(quint64 test, const Credential &credential, const Result<QString> &said);
    void setRunning(bool running);

    Session &m_session;
    QThreadPool m_pool;
    CancelToken m_token;
    quint64 m_test = 0; // counted: the late answer to an earlier one is nobody's
    bool m_isRunning = false;
};

} // namespace cockpit
