#include "ui/storethread.h"

#include <QDir>
#include <QFileInfo>

#include <deque>
#include <utility>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// "name.cockpit", else "name 2.cockpit", and so on.
QString freePath(const QDir &folder, const QString &name)
{
    QString path = folder.filePath(name + u".cockpit"_s);
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = folder.filePath(u"%1 %2.cockpit"_s.arg(name, QString::number(number)));
    return path;
}

} // namespace

// Touched on m_thread only.
struct StoreThread::Worker : QObject
{
    std::unique_ptr<ProjectStore> store;
    std::deque<Change> kept; // not written yet, in order

    Result<void> writeKept();
    Result<QString> moveTo(const QString &path);
    void letGo();
};

// In order: a later change may rest on an earlier one.
Result<void> StoreThread::Worker::writeKept()
{
    while (store && !kept.empty()) {
        if (auto written = kept.front()(*store); !written)
            return written;
        kept.pop_front();
    }
    return {};
}

Result<QString> StoreThread::Worker::moveTo(const QString &path)
{
    if (!store)
        return failure(ErrorKind::NotFound, StoreThread::tr("No project is open."));
    if (auto copied = store->copyTo(path); !copied)
        return tl::unexpected(copied.error());
    auto copy = ProjectStore::open(path, OpenMode::ReadWrite);
    if (!copy)
        return tl::unexpected(copy.error());
    store.swap(*copy);
    const auto waiting = kept;
    if (auto written = writeKept(); !written) {
        kept = waiting;
        store.swap(*copy);
        copy->reset();
        QFile::remove(path); // not all of it: nobody is to take it for a copy
        return tl::unexpected(written.error());
    }
    return store->path();
}

void StoreThread::Worker::letGo()
{
    kept.clear();
    store.reset();
}

StoreThread::StoreThread(QObject *parent) : QObject(parent), m_worker(std::make_unique<Worker>())
{
    m_thread.setObjectName(u"project-file"_s);
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

StoreThread::~StoreThread()
{
    // quit() would overtake what is queued; asking from within comes after it.
    onWorker([this](Worker &worker) {
        worker.writeKept(); // nobody is left to be told how it went
        worker.letGo();
        m_thread.quit();
    });
    m_thread.wait();
}

void StoreThread::onWorker(std::function<void(Worker &)> work)
{
    Worker *worker = m_worker.get();
    QMetaObject::invokeMethod(
        worker, [worker, work = std::move(work)] { work(*worker); }, Qt::QueuedConnection);
}

void StoreThread::onOwner(std::function<void()> work)
{
    QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
}

const ProjectStore *StoreThread::storeOf(const Worker &worker) const
{
    return worker.store.get();
}

void StoreThread::create(const QString &path, const ProjectSettings &settings, OpenedCallback done)
{
    openWith(
        [path, settings] {
            QDir().mkpath(QFileInfo(path).path()); // where that fails, create() says why
            return ProjectStore::create(path, settings);
        },
        std::move(done));
}

void StoreThread::createIn(const QString &folder, const QString &name, const ProjectSettings &settings,
                           OpenedCallback done)
{
    openWith(
        [folder, name, settings] {
            QDir().mkpath(folder); // where that fails, create() says why
            return ProjectStore::create(freePath(QDir(folder), name), settings);
        },
        std::move(done));
}

void StoreThread::open(const QString &path, OpenMode mode, OpenedCallback done)
{
    openWith([path, mode] { return ProjectStore::open(path, mode); }, std::move(done));
}

StoreThread::Hold::~Hold()
{
    if (m_store)
        m_store->workOff();
}

StoreThread::BriefHold::BriefHold(std::shared_ptr<const Hold> hold, std::chrono::milliseconds atMost)
    : m_hold(std::move(hold))
{
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, &m_end, [this] { m_hold.reset(); });
    m_end.start(atMost);
}

std::shared_ptr<const StoreThread::Hold> StoreThread::hold()
{
    auto held = m_hold.lock();
    if (!held) {
        held = std::make_shared<Hold>(this);
        m_hold = held;
    }
    return held;
}

void StoreThread::whenFree(std::function<void()> work)
{
    m_waiting.push_back(std::move(work));
    if (m_hold.expired())
        workOff();
}

void StoreThread::workOff()
{
    for (const auto &work : std::exchange(m_waiting, {}))
        work();
}

void StoreThread::openWith(std::function<Result<std::unique_ptr<ProjectStore>>()> opener, OpenedCallback done)
{
    whenFree([this, opener = std::move(opener), done = std::move(done)] { openNow(opener, done); });
}

void StoreThread::openNow(std::function<Result<std::unique_ptr<ProjectStore>>()> opener, OpenedCallback done)
{
    onWorker([this, opener = std::move(opener), done = std::move(done)](Worker &worker) {
        worker.letGo(); // first: the same file may be asked for twice, and its own lock must not stand in the way
        auto answer = [&]() -> Result<Opened> {
            auto store = opener();
            if (!store)
                return tl::unexpected(store.error());
            auto state = (*store)->load();
            if (!state)
                return tl::unexpected(state.error());
            worker.store = std::move(*store);
            return Opened{std::move(*state), worker.store->path(), worker.store->isReadOnly()};
        }();
        onOwner([this, done, answer = std::move(answer)] {
            m_failed = false; // that was the file before
            emit pendingChanged();
            done(answer);
        });
    });
}

void StoreThread::close()
{
    whenFree([this] {
        retry(); // the last chance for what could not be written: the disk may have room by now
        onWorker([](Worker &worker) { worker.letGo(); });
    });
}

void StoreThread::moveTo(const QString &path, std::function<void(Result<QString>)> done)
{
    onWorker([this, path, done = std::move(done)](Worker &worker) {
        onOwner([this, done, moved = worker.moveTo(path)] {
            if (moved)
                m_failed = false;
            done(moved);
            emit pendingChanged();
        });
    });
}

void StoreThread::change(Change change, IfItFails ifItFails)
{
    write(std::move(change), ifItFails);
}

void StoreThread::retry()
{
    write({}, IfItFails::Keep);
}

void StoreThread::write(Change change, IfItFails ifItFails)
{
    ++m_pending;
    emit pendingChanged();
    onWorker([this, change = std::move(change), ifItFails](Worker &worker) mutable {
        if (change)
            worker.kept.push_back(std::move(change));
        const Result<void> written = worker.writeKept();
        if (!written && ifItFails == IfItFails::Drop)
            worker.kept.pop_back();
        onOwner([this, written] { settle(written); });
    });
}

void StoreThread::settle(const Result<void> &written)
{
    --m_pending;
    // Said once, when it begins to fail; not again for each change that waits behind it.
    const bool begins = !written && !m_failed;
    m_failed = !written;
    emit pendingChanged();
    if (begins)
        emit failed(written.error());
}

} // namespace cockpit
