// The project file on its own thread: changes are queued and written one after the other, and nobody waits for the
// disk.
#pragma once

#include "models/projectstore.h"

#include <QObject>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace cockpit {

// Lives on the GUI thread; the ProjectStore behind it never leaves its own.
class StoreThread : public QObject
{
    Q_OBJECT

public:
    struct Opened
    {
        ProjectState state;
        QString path;
        bool readOnly = false;
    };
    using Change = std::function<Result<void>(ProjectStore &)>;
    using OpenedCallback = std::function<void(Result<Opened>)>;

    // What happens to a change that could not be written: kept and tried again before the next one, or let go.
    enum class IfItFails { Keep, Drop };

    explicit StoreThread(QObject *parent = nullptr);
    ~StoreThread() override; // writes what is queued first

    void create(const QString &path, const ProjectSettings &settings, OpenedCallback done);
    // In `folder`, named after `name`, with a number behind it when that is taken.
    void createIn(const QString &folder, const QString &name, const ProjectSettings &settings, OpenedCallback done);
    void open(const QString &path, OpenMode mode, OpenedCallback done);
    // Tries once more what is kept, then lets go of the file.
    void close();

    // While one of these lives, the file stays open: closing it and opening another wait until the last is gone. For
    // who has something to write yet when the person leaves the project. Belongs to the GUI thread.
    class Hold;
    std::shared_ptr<const Hold> hold();
    // One that lets go by itself after some time: who has something to write may hang.
    class BriefHold;

    // Goes on in a copy at `path`, which has everything that is queued or kept. Where that fails the file stays.
    void moveTo(const QString &path, std::function<void(Result<QString>)> done);

    void change(Change change, IfItFails ifItFails = IfItFails::Keep);
    // Tries what is kept again.
    void retry();

    // Reads something; the answer comes on this thread unless `context` is gone by then.
    template<typename Answer>
    void ask(std::function<Answer(const ProjectStore &)> question, QObject *context,
             std::function<void(const Answer &)> done);

    bool hasPending() const { return m_pending > 0; }
    bool hasFailed() const { return m_failed; }

signals:
    void pendingChanged();
    void failed(const cockpit::Error &error);

private:
    struct Worker;

    void onWorker(std::function<void(Worker &)> work);
    void onOwner(std::function<void()> work); // from the worker's thread
    void openWith(std::function<Result<std::unique_ptr<ProjectStore>>()> opener, OpenedCallback done);
    void openNow(std::function<Result<std::unique_ptr<ProjectStore>>()> opener, OpenedCallback done);
    void write(Change change, IfItFails ifItFails);
    void settle(const Result<void> &written);
    void whenFree(std::function<void()> work); // now, or once nobody holds the file
    void workOff();
    const ProjectStore *storeOf(const Worker &worker) const;

    QThread m_thread;
    std::unique_ptr<Worker> m_worker;
    int m_pending = 0;
    bool m_failed = false;
    std::weak_ptr<const Hold> m_hold;
    std::vector<std::function<void()>> m_waiting; // in order
};

class StoreThread::Hold
{
public:
    explicit Hold(StoreThread *store) : m_store(store) {}
    ~Hold();
    Q_DISABLE_COPY_MOVE(Hold)

private:
    QPointer<StoreThread> m_store;
};

class StoreThread::BriefHold
{
public:
    BriefHold(std::shared_ptr<const Hold> hold, std::chrono::milliseconds atMost);
    Q_DISABLE_COPY_MOVE(BriefHold)

    bool isOver() const { return !m_hold; }

private:
    std::shared_ptr<const Hold> m_hold;
    QTimer m_end;
};

template<typename Answer>
void StoreThread::ask(std::function<Answer(const ProjectStore &)> question, QObject *context,
                      std::function<void(const Answer &)> done)
{
    onWorker([this, question = std::move(question), guard = QPointer<QObject>(context),
              done = std::move(done)](Worker &worker) {
        const ProjectStore *store = storeOf(worker);
        const Answer answer = store ? question(*store) : Answer();
        onOwner([guard, done, answer] {
            if (guard)
                done(answer);
        });
    });
}

} // namespace cockpit
