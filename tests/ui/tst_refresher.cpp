// What nobody sees is not worked out, and a stream of changes is no stream of work.
#include "ui/widgets/refresher.h"

#include <QElapsedTimer>
#include <QTest>
#include <QWidget>

using namespace cockpit;

class Source : public QObject
{
    Q_OBJECT

signals:
    void happened();
    void happenedWith(int value, const QString &text);
};

class TestRefresher : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_count = 0;
        m_widget = std::make_unique<QWidget>();
        m_refresher = new Refresher(m_widget.get(), [this] {
            ++m_count;
            m_shown = m_changes;
        });
        m_refresher->follow(m_source, &Source::happened, &Source::happenedWith);
    }

    void waitsUntilItIsSeen()
    {
        emit m_source.happened();
        QCoreApplication::processEvents();
        QCOMPARE(m_count, 0);
        m_widget->show();
        QCOMPARE(m_count, 1); // before it is painted
        m_widget->hide();
        emit m_source.happenedWith(1, {});
        QCoreApplication::processEvents();
        QCOMPARE(m_count, 1);
        m_widget->show();
        QCOMPARE(m_count, 2);
        m_widget->hide();
        m_widget->show(); // nothing has changed
        QCOMPARE(m_count, 2);
    }

    void followsWhatItIsTold()
    {
        m_widget->show();
        emit m_source.happenedWith(1, {});
        QTRY_COMPARE(m_count, 2);
        emit m_source.happened();
        QTRY_COMPARE(m_count, 3);
    }

    void aStreamIsAtMostTenASecond()
    {
        m_widget->show();
        QElapsedTimer clock;
        clock.start();
        m_changes = 0;
        while (clock.elapsed() < 450) {
            ++m_changes;
            emit m_source.happened();
            QCoreApplication::processEvents();
        }
        QVERIFY(m_changes > 20);
        QVERIFY2(m_count - 1 <= 5, qPrintable(QString::number(m_count)));
        QVERIFY(m_count > 1);
        // The last change is not lost: it comes when its time has come.
        QTRY_COMPARE(m_shown, m_changes);
    }

    void whoCannotWaitIsServed()
    {
        m_refresher->bringUpToDate();
        QCOMPARE(m_count, 1);
        m_refresher->bringUpToDate();
        QCOMPARE(m_count, 1);
        m_refresher->changed();
        m_refresher->bringUpToDate();
        QCOMPARE(m_count, 2);
    }

private:
    Source m_source;
    std::unique_ptr<QWidget> m_widget;
    Refresher *m_refresher = nullptr;
    int m_count = 0;
    int m_changes = 0;
    int m_shown = 0;
};

QTEST_MAIN(TestRefresher)
#include "tst_refresher.moc"
