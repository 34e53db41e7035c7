// The launch gate: the verdict with its reasons, and every line of the minimum bar.
#pragma once

#include "ui/gate/gatelines.h"
#include "ui/widgets/page.h"

#include <map>

class QPushButton;

namespace cockpit {

class Card;
class Pill;
class PlainLabel;
class StatusRow;

class GatePage : public Page
{
    Q_OBJECT

public:
    explicit GatePage(Session &session, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    struct Line
    {
        StatusRow *row;
        QPushButton *finding;
        QPushButton *answer;
        QPushButton *withdraw;
    };

    QWidget *createVerdict();
    void rebuild(); // for another roadmap
    void showVerdict();
    Line addLine(const GateLine &line);
    void openFinding(const QString &itemId);
    std::vector<GateLine> lines() const;

    QString m_roadmapId;
    Card *m_card;
    QWidget *m_rows = nullptr;
    std::map<QString, Line> m_lines; // by item id
    Pill *m_decision;
    PlainLabel *m_headline;
    PlainLabel *m_reasons;
    PlainLabel *m_count;
};

} // namespace cockpit
