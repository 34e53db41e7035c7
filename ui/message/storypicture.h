// The way of one message as a picture: who sent it, the three proofs that receivers look at, and what they make of it.
// Side by side where there is room, else one below the other. Each station says in words what its shape and colour say.
#pragma once

#include "models/messagestory.h"
#include "ui/widgets/stateicon.h"

#include <QWidget>

#include <vector>

class QBoxLayout;

namespace cockpit {

class PlainLabel;

// A proof as a shape; a signature that is missing is no alarm by itself, a policy that is missing is one.
StateShape shapeFor(ProofState state);

class Station : public QWidget
{
    Q_OBJECT

public:
    explicit Station(const QString &objectName, QWidget *parent = nullptr);

    // Without a shape it is an end of the way.
    void describe(const QString &title, const QString &word, const QString &note, std::optional<StateShape> shape);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateIcon *m_icon;
    PlainLabel *m_title;
    PlainLabel *m_word;
    PlainLabel *m_note;
};

class StoryPicture : public QWidget
{
    Q_OBJECT

public:
    explicit StoryPicture(QWidget *parent = nullptr);

    void setStory(const MessageStory &story);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();

    QBoxLayout *m_row;
    Station *m_sender;
    Station *m_spf;
    Station *m_dkim;
    Station *m_dmarc;
    Station *m_receiver;
    std::vector<QWidget *> m_arrows;
};

} // namespace cockpit
