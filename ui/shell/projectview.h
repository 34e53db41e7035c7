// An open project: the rail, the pages, and the way through them.
#pragma once

#include "ui/pageregistry.h"

#include <QWidget>

#include <functional>

class QStackedWidget;

namespace cockpit {

class Banner;
class BottomBar;
class Page;
class Rail;

class ProjectView : public QWidget
{
    Q_OBJECT

public:
    explicit ProjectView(const PageContext &context, QWidget *parent = nullptr);

    void openPage(const QString &pageId);
    // On the current page where that lists it, else on the Risks page.
    void showFinding(const QString &findingId);
    QString currentPageId() const;
    Page *page(const QString &pageId) const;
    // In the order of Back and Next.
    QStringList pageIds() const;
    void goBack();
    void goNext();

signals:
    void startRequested(); // Back from the first page

private:
    // Makes it inside its scroll area, where it stays.
    void addPage(const std::function<Page *(QWidget *parent)> &make);
    void nameNeighbours();
    void watchForTrouble();
    void showOpened();
    int indexOf(const QString &pageId) const;

    PageContext m_context;
    Rail *m_rail;
    Banner *m_banner;
    QStackedWidget *m_stack;
    BottomBar *m_bottom;
    std::vector<Page *> m_pages;
    QString m_current;
};

} // namespace cockpit
