// Asks a service whether a credential works, on a worker, one at a time. The value is gone with the answer.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/projectstate.h"

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace cockpit {

class Session;

class CredentialTest : public QObject
{
    Q_OBJECT

public:
    // Blocks, and ends within a second of a cancelled token. A sentence when it works; NotPermitted when it does not;
    // any other error says nothing about it.
    using Ask = std::function<Result<QString>(const NetOptions &, const CancelToken &)>;

    explicit CredentialTest(Session &session, QObject *parent = nullptr);
    ~CredentialTest() override; // stops and waits

    void start(const Credential &credential, const Ask &ask); // what was going on is abandoned
    void forget();                                            // nobody hears of the end
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
