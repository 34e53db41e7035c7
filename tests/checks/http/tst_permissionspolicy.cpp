#include "checks/http/permissionspolicy.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class PermissionsPolicyTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &headers, const QString &expected) {
            QTest::newRow(name) << headers << expected;
        };
        row("nothing", {}, u"info"_s);
        row("off", "Permissions-Policy: camera=(), microphone=(), geolocation=()", u"pass"_s);
        row("for the own pages", "Permissions-Policy: camera=(self)", u"pass"_s);
        row("for a partner", "Permissions-Policy: camera=(self \"https://call.example\")", u"pass"_s);
        row("for everybody", "Permissions-Policy: camera=*", u"open_to_all:low"_s);
        row("for everybody, in a list", "Permissions-Policy: microphone=(*)", u"open_to_all:low"_s);
        row("for everybody, and harmless", "Permissions-Policy: fullscreen=*", u"pass"_s);
        row("the last of two counts", "Permissions-Policy: camera=*, camera=()", u"pass"_s);
        row("two lines", "Permissions-Policy: camera=()\nPermissions-Policy: microphone=*", u"open_to_all:low"_s);
        row("written as the old header", "Permissions-Policy: camera 'none'; microphone 'none'", u"unreadable:low"_s);
        row("in quotes that stay open", "Permissions-Policy: camera=(\"https://a.example)", u"unreadable:low"_s);
        row("a comma at the end", "Permissions-Policy: camera=(),", u"unreadable:low"_s);
        row("only the old header", "Feature-Policy: camera 'none'", u"old_name:low"_s);
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QTEST(said(judgePermissionsPolicy(arrivedAt(answer(200, headers)))), "expected");
    }

    void reads()
    {
        const auto features = parsePermissionsPolicy({"camera=(), usb=(self), midi=*, hid=(\"https://a.example\")"});
        QVERIFY(features);
        const Features expected{{"camera", FeatureUsers::Nobody},
                                {"usb", FeatureUsers::Own},
                                {"midi", FeatureUsers::Everybody},
                                {"hid", FeatureUsers::Listed}};
        QVERIFY(*features == expected);
    }
};

QTEST_GUILESS_MAIN(PermissionsPolicyTest)
#include "tst_permissionspolicy.moc"
