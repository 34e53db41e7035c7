// The columns of a table fill its width, and never more than that.
#include "ui/widgets/columnfit.h"

#include <QTest>

using namespace cockpit;

using Wishes = std::vector<ColumnWish>;
using Widths = std::vector<int>;

class TestColumnFit : public QObject
{
    Q_OBJECT

private slots:
    void fits_data()
    {
        QTest::addColumn<Wishes>("wishes");
        QTest::addColumn<int>("room");
        QTest::addColumn<Widths>("widths");
        using enum ColumnKind;
        const Wishes usual{{100, Firm}, {200, Elastic}, {60, Optional}};
        QTest::newRow("as wide as wanted") << usual << 360 << Widths{100, 200, 60};
        QTest::newRow("room to spare") << usual << 400 << Widths{100, 240, 60};
        QTest::newRow("less than wanted") << usual << 300 << Widths{100, 140, 60};
        QTest::newRow("just readable") << usual << 240 << Widths{100, 80, 60};
        QTest::newRow("one less") << usual << 239 << Widths{100, 139, 0};
        QTest::newRow("too narrow for the firm one") << usual << 170 << Widths{90, 80, 0};
        QTest::newRow("the widest gives way first")
            << Wishes{{50, Elastic}, {300, Elastic}, {120, Elastic}} << 270 << Widths{50, 110, 110};
        QTest::newRow("none is elastic") << Wishes{{50, Firm}, {60, Firm}} << 200 << Widths{50, 60};
        QTest::newRow("no room at all") << usual << 0 << Widths{40, 40, 0};
        QTest::newRow("no column") << Wishes{} << 100 << Widths{};
    }

    void fits()
    {
        QFETCH(Wishes, wishes);
        QFETCH(int, room);
        QTEST(fittedColumns(wishes, room, 40, 80), "widths");
    }
};

QTEST_GUILESS_MAIN(TestColumnFit)
#include "tst_columnfit.moc"
