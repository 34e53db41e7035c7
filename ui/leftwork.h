// What takes away what earlier runs left in the product, while it goes on: a child of the session, found there by who
// shows it (Session::removeLeftRecords() begins it).
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/leftremoval.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace cockpit {

class Session;

// Lives on the GUI thread. Gone when its report has been taken.
class LeftWork : public QObject
{
    Q_OBJECT

public:
    explicit LeftWork(Session &session);
    ~LeftWork() override; // stops it, and waits: within a second

    // The one that goes on in the open project and that nobody has stopped; null: there is none.
    static LeftWork *of(const Session &session);

    // It ends within a second: what it removed until then is gone, and of the rest it says why it is still there.
    void stop();
    bool isStopped() const { return m_token.isCancelled(); }
    bool isGoing() const { return !isStopped() && !m_hasEnded; }

    // For who begins it. Before that values are read from the keychain, and nothing is sent.
    void begin(const QFuture<Result<LeftReport>> &future) { m_future = future; }
    bool hasBegun() const { return m_future.has_value(); }
    const CancelToken &token() const { return m_token; }
    // Its report has been taken; it goes by itself.
    void end();
    // Waits. Empty: it had not begun, its report was taken, or it broke down.
    std::optional<Result<LeftReport>> waitForReport() const;

signals:
    void stopped();

private:
    CancelToken m_token;
    std::optional<QFuture<Result<LeftReport>>> m_future;
    bool m_hasEnded = false;
};

} // namespace cockpit
