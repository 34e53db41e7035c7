// What a worker found, taken on the thread of whoever asked for it.
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace cockpit {

// Calls take(result) from context's event loop, never from within this call. When context is gone by then, the result
// is dropped. QFuture::then(context, …) does neither in Qt 6.4: it asserts that the context lives when the worker ends,
// and calls at once when it has ended already.
template<typename T, typename Take>
void whenDone(const QFuture<T> &future, QObject *context, Take take)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, take]() mutable {
        watcher->deleteLater();
        take(watcher->result());
    });
    watcher->setFuture(future);
}

} // namespace cockpit
