// The first thing anybody sees: an address, what is being launched, and what was looked at before.
#pragma once

#include "models/roadmap.h"
#include "models/target.h"
#include "ui/settings/appsettings.h"

#include <QWidget>

class QGridLayout;
class QPushButton;

namespace cockpit {

class AddressField;
class Banner;
class ProductCard;
class RailButton;
class RecentModel;
class RowList;

class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(const std::vector<Roadmap> &roadmaps, QWidget *parent = nullptr);

    void setRecent(const std::vector<RecentProject> &recent);
    QString chosenRoadmap() const;
    AddressField *address() const { return m_address; }
    // While a project is being opened nothing else can be started.
    void setBusy(bool busy);
    // readable: the project file that can be opened to look only, which is offered; empty: none.
    void showError(const Error &error, const QString &readable = {});

signals:
    void startRequested(const cockpit::Target &target, const QString &roadmapId);
    void openRequested(const QString &path);
    void lookRequested(const QString &path);
    void browseRequested();
    void practiceRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeSide();
    QWidget *makeMain(const std::vector<Roadmap> &roadmaps);
    void fillColumn(const std::vector<Roadmap> &roadmaps);
    QWidget *makeSteps();
    void makeCards(const std::vector<Roadmap> &roadmaps);
    void arrangeCards();
    void submit();

    AddressField *m_address = nullptr;
    QPushButton *m_start = nullptr;
    Banner *m_banner = nullptr;
    QString m_readable; // what the banner offers to look at
    QGridLayout *m_cardGrid;
    QWidget *m_column = nullptr;
    std::vector<ProductCard *> m_cards;
    RecentModel *m_recent;
    RowList *m_recentList = nullptr;
    QWidget *m_noRecent = nullptr;
    RailButton *m_practice = nullptr;
};

} // namespace cockpit
