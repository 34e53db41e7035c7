// A message: paste, drop or open one that arrived, and see whether receivers believe it and why. It teaches the project
// its DKIM selectors and leaves the proof of delivery; the message itself is never kept.
#pragma once

#include "models/messagestory.h"
#include "ui/widgets/page.h"

#include <optional>

class QPushButton;

namespace cockpit {

class Banner;
class Card;
class DeliveryCard;
class MessageWork;
class PasteField;
class PlainLabel;
class StateIcon;
class StoryDetails;
class StoryPicture;

class MessagePage : public Page
{
    Q_OBJECT

public:
    explicit MessagePage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;
    void openFile(const QString &path);

protected:
    void refresh() override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *createInput();
    QWidget *createVerdict();
    void connectWork();
    void chooseFile();
    void readPasted();
    void takeStory(const MessageStory &story);
    void keepProof(const MessageStory &story);
    void showDetails(bool shown);
    void useSelectors();
    void refreshSelectors();
    void setBusy(bool busy);
    void leaveProject();

    MessageWork *m_work;
    std::optional<MessageStory> m_story;
    Banner *m_banner;
    PasteField *m_text;
    QPushButton *m_read;
    QPushButton *m_open;
    QPushButton *m_stop;
    Card *m_verdict;
    StateIcon *m_icon;
    PlainLabel *m_headline;
    PlainLabel *m_disagreement;
    StoryPicture *m_picture;
    QPushButton *m_more;
    StoryDetails *m_details;
    PlainLabel *m_selectors;
    QPushButton *m_use;
    DeliveryCard *m_delivery;
};

} // namespace cockpit
