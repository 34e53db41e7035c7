// The file beside a table: asking where it is and reading or writing it, neither of which holds the window up.
#pragma once

#include "checks/engine/guarded.h"
#include "ui/widgets/whendone.h"

#include <QtConcurrent>

#include <functional>

class QWidget;

namespace cockpit {

using TakePath = std::function<void(const QString &path)>;
using TakePaths = std::function<void(const QStringList &paths)>;

// Opens a dialog over the parent; take() is called when a file was chosen, and never when the dialog was given up.
// filter: in Qt's form, "Tables (*.csv)". suffix: what a name without one gets, "csv".
void chooseFileToRead(QWidget *parent, const QString &title, const QString &filter, TakePath take);
void chooseFilesToRead(QWidget *parent, const QString &title, TakePaths take); // of any kind, hidden ones, too
void chooseFolderToRead(QWidget *parent, const QString &title, TakePath take);
void chooseFileToWrite(QWidget *parent, const QString &title, const QString &filter, const QString &suffix,
                       TakePath take);

// work(), which returns some Result<T>, on a worker; then take(result) from context's event loop, unless context is
// gone by then. Nobody waits for it but the program at its very end, when its windows are closed: what is being written
// is then written whole.
template<typename Work, typename Take>
void workAside(QObject *context, Work work, Take take)
{
    whenDone(QtConcurrent::run([work = std::move(work)]() mutable { return guarded(work); }), context, std::move(take));
}

} // namespace cockpit
