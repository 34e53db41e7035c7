// Where the parts of one row stand; shared by painting, measuring and pressing, so that they never disagree.
#pragma once

#include "ui/widgets/rowdelegate.h"

#include <QFont>
#include <QRect>
#include <QString>

namespace cockpit {

// Rectangles are kept left to right, from the row's corner; visual() mirrors them where text runs the other way.
struct RowLayout
{
    RowLayout(const QStyleOptionViewItem &option, const QModelIndex &index, const QString &leadSample, int width);

    bool heading = false;
    bool hasShape = false;
    StateShape shape = StateShape::NotRun;
    Tone pillTone = Tone::Neutral;
    QString lead, title, note, pill, secondPill, trailing, action;
    QFont font, titleFont;
    QRect leadRect, shapeRect, titleRect, noteRect, pillRect, secondPillRect, trailingRect, actionRect;
    int height = 0;

    static QRect visual(const QStyleOptionViewItem &option, const QRect &rect);

private:
    void read(const QModelIndex &index);
    // Give parts their width from either side and leave the texts what is left.
    void placeStart(const QString &leadSample, int &left);
    void placeEnd(int left, int &right);
    void placeTexts(int left, int right);
    void centre();
};

} // namespace cockpit
