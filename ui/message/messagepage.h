// A message: paste, drop or open one that arrived, and see whether receivers believe it and why. It teaches the project
// its DKIM selectors and leaves the proof of delivery; the message itself is never kept.
#pragma once

#include "models/delivery.h"
#include "ui/theme/tokens.h"
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
    QWidget *createDoubt();
    void connectWork();
    void chooseFile();
    void readPasted();
    void takeStory(const MessageStory &story);
    void say(Tone tone, const QString &whatHappened, const QString &whatToTry);
    void saySent(const SentMessage &message);
    void useProof(const MessageStory &story);
    void keepProof(const DeliveryProof &proof);
    void vouchForIt();
    void showDetails(bool shown);
    void useSelectors();
    void refreshSelectors();
    void setBusy(bool busy);
    void leaveProject();

    MessageWork *m_work;
    std::optional<MessageStory> m_story;
    std::optional<DeliveryProof> m_doubtful; // kept only when a person says that the message is the product's
    bool m_hasNews = false;                  // the banner came while the page was not seen
    Banner *m_banner;
    PasteField *m_text;
    QPushButton *m_read;
    QPushButton *m_open;
    QPushButton *m_clear;
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
    PlainLabel *m_doubt;
    QPushButton *m_vouch;
    DeliveryCard *m_delivery;
};

} // namespace cockpit
