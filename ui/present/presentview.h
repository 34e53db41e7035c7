// For an audience: the verdict and the worst risks or the surface matrix, large, without names or secrets.
#pragma once

#include "ui/widgets/refresher.h"

#include <QWidget>

#include <vector>

class QPushButton;
class QVBoxLayout;

namespace cockpit {

class Pill;
class PlainLabel;
class SurfaceModel;
class SurfaceTable;
class ScoreRing;
class Session;

class PresentView : public QWidget
{
    Q_OBJECT

public:
    explicit PresentView(Session &session, QWidget *parent = nullptr);

    void start(); // at the first risk
    int currentRisk() const { return m_current; }
    bool showsNumbers() const { return m_numbers; }
    bool showsSurface() const { return m_surface; }

signals:
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    QWidget *makeFooter();
    void refresh();
    void showVerdict();
    void showRisks();
    void step(int by);
    void toggleNumbers();
    void toggleSurface();
    void showSurface();
    int fitting() const; // how many cards there is room for

    Session &m_session;
    Refresher *m_refresher;
    PlainLabel *m_about;
    ScoreRing *m_ring;
    PlainLabel *m_headline;
    PlainLabel *m_sentence;
    QWidget *m_cards;
    QVBoxLayout *m_cardColumn;
    PlainLabel *m_counts;
    SurfaceModel *m_matrix;
    SurfaceTable *m_table;
    QPushButton *m_previous, *m_next, *m_switch, *m_hide, *m_leave;
    int m_current = 0;
    int m_shownCards = 0;
    bool m_numbers = true;
    bool m_surface = false; // the matrix instead of the risks
};

} // namespace cockpit
