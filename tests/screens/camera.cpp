#include "tests/screens/camera.h"

#include "app/sessionservices.h"
#include "ui/shell/projectview.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDeadlineTimer>
#include <QDialog>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <cstdio>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 60s;

} // namespace

void Camera::turnEventLoop(std::chrono::milliseconds duration)
{
    QEventLoop loop;
    QTimer::singleShot(duration, &loop, &QEventLoop::quit);
    loop.exec();
}

Camera::Camera(const Composition &composition, PracticeCompany &company, Theme &theme, const QString &folder,
               QSize size)
    : m_company(company),
      m_folder(folder),
      m_session(sessionServices(composition, company.netOptions(), m_credentials)),
      m_window(m_session, theme, AppSettings())
{
    QDir().mkpath(folder);
    m_window.resize(size);
    m_window.show();
}

bool Camera::waitUntil(const char *what, const std::function<bool()> &reached)
{
    const QDeadlineTimer deadline(kPatience);
    while (!reached()) {
        if (deadline.hasExpired()) {
            std::fprintf(stderr, "not reached: %s\n", what);
            return false;
        }
        turnEventLoop(20ms);
    }
    return true;
}

bool Camera::waitForProject(const QString &path)
{
    return waitUntil("the project is open", [&] { return m_session.isOpen() && m_session.path() == path; });
}

Page *Camera::currentPage() const
{
    return m_window.projectView()->page(m_window.currentPageId());
}

void Camera::shoot(const QString &name)
{
    // Pages are reached without a key or a click: the focus would stay where the last one left it.
    if (QWidget *focused = m_window.focusWidget(); focused && m_window.currentPageId() != pages::kStart)
        focused->clearFocus();
    turnEventLoop(150ms);
    m_window.grab().save(m_folder.filePath(name + u".png"_s));
}

void Camera::shootPages(const QString &suffix)
{
    for (const QString &id : m_window.projectView()->pageIds()) {
        m_window.showPage(id);
        // The worst result of a stage is what a founder looks at first.
        if (auto *results = m_window.projectView()->page(id)->findChild<QAbstractItemView *>(u"results"_s)) {
            turnEventLoop(50ms);
            if (results->model()->rowCount() > 0)
                results->setCurrentIndex(results->model()->index(0, 0));
        }
        if (id == pages::kHandover)
            turnEventLoop(2s); // the preview is drawn by a worker
        if (id == pages::kRecords)
            turnEventLoop(1s); // the name servers are asked
        shoot(id + suffix);
    }
}

bool Camera::press(const QString &button)
{
    auto *found = currentPage()->findChild<QAbstractButton *>(button);
    if (!found || !found->isVisible() || !found->isEnabled()) {
        std::fprintf(stderr, "not to be pressed on %s: %s\n", qPrintable(m_window.currentPageId()), qPrintable(button));
        return false;
    }
    found->click();
    turnEventLoop(50ms);
    return true;
}

QDialog *Camera::dialogBehind(const QString &button)
{
    if (!press(button))
        return nullptr;
    const auto dialogs = m_window.findChildren<QDialog *>();
    const auto open = std::ranges::find_if(dialogs, &QDialog::isVisible); // closed ones go a little later
    if (open == dialogs.end())
        std::fprintf(stderr, "no dialog: %s\n", qPrintable(button));
    return open == dialogs.end() ? nullptr : *open;
}

void Camera::shootOpen(QDialog *dialog, const QString &name)
{
    dialog->grab().save(m_folder.filePath(name + u".png"_s));
}

bool Camera::shootDialog(const QString &button, const QString &name, std::chrono::milliseconds patience)
{
    QDialog *dialog = dialogBehind(button);
    if (!dialog)
        return false;
    turnEventLoop(patience);
    shootOpen(dialog, name);
    dialog->reject();
    turnEventLoop(50ms);
    return true;
}

} // namespace cockpit
