#include "ui/leftwork.h"

#include "ui/session.h"
#include "ui/widgets/whendone.h"

#include <algorithm>

namespace cockpit {

LeftWork::LeftWork(Session &session) : QObject(&session) {}

LeftWork::~LeftWork()
{
    m_token.cancel();
    (void)waitForReport();
}

LeftWork *LeftWork::of(const Session &session)
{
    const auto all = session.findChildren<LeftWork *>(Qt::FindDirectChildrenOnly);
    const auto going = std::ranges::find_if(all, &LeftWork::isGoing);
    return going == all.end() ? nullptr : *going;
}

void LeftWork::stop()
{
    if (isStopped())
        return;
    m_token.cancel();
    emit stopped();
}

void LeftWork::end()
{
    m_hasEnded = true;
    m_future.reset();
    deleteLater();
}

std::optional<Result<LeftReport>> LeftWork::waitForReport() const
{
    return m_future ? foundBy(*m_future) : std::nullopt;
}

} // namespace cockpit
