#include "checks/engine/recordwaiter.h"

#include "checks/engine/background.h"
#include "checks/engine/guarded.h"

#include <algorithm>
#include <memory>

namespace cockpit {

namespace {

using Answers = Result<std::vector<OwnerAnswer>>;

} // namespace

RecordWaiter::RecordWaiter(Ask ask, Patience patience, QObject *parent)
    : QObject(parent), m_ask(std::move(ask)), m_patience(patience)
{
    m_pool.setMaxThreadCount(2); // the look that is being stopped may still end beside the new one
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &RecordWaiter::look);
}

RecordWaiter::RecordWaiter(Ask ask, QObject *parent) : RecordWaiter(std::move(ask), Patience(), parent) {}

RecordWaiter::~RecordWaiter()
{
    m_token.cancel();
    m_pool.waitForDone();
}

void RecordWaiter::start(const WantedRecord &wanted, const NetOptions &options)
{
    m_token.cancel();
    m_token = CancelToken();
    m_wanted = wanted;
    m_options = options;
    m_isWaiting = true;
    ++m_waits;
    m_since.start();
    look();
}

void RecordWaiter::stop()
{
    if (m_isWaiting)
        finish(WaitEnd::Stopped);
}

void RecordWaiter::look()
{
    m_pool.start([this, ask = m_ask, wanted = m_wanted, options = m_options, token = m_token, wait = m_waits] {
        standBehindTheWindow();
        auto answers = std::make_shared<Answers>(guarded([&] { return ask(wanted, options, token); }));
        QMetaObject::invokeMethod(
            this,
            [this, wait, answers] {
                if (wait == m_waits && m_isWaiting)
                    take(*answers);
            },
            Qt::QueuedConnection);
    });
}

void RecordWaiter::take(const Answers &answers)
{
    if (answers)
        emit looked(*answers);
    else
        emit lookFailed(answers.error());
    if (!m_isWaiting) // whoever heard that has stopped it
        return;
    if (answers && haveAll(*answers))
        finish(WaitEnd::Everywhere);
    else if (std::chrono::milliseconds(m_since.elapsed()) + m_patience.interval > m_patience.longest)
        finish(WaitEnd::TooLong);
    else
        m_next.start(m_patience.interval);
}

void RecordWaiter::finish(WaitEnd end)
{
    m_isWaiting = false;
    m_next.stop();
    m_token.cancel();
    emit ended(end);
}

bool haveAll(const std::vector<OwnerAnswer> &answers)
{
    return !answers.empty() &&
           std::ranges::all_of(answers, [](const OwnerAnswer &answer) { return answer.state == OwnerState::HasIt; });
}

} // namespace cockpit
