// The page of addresses over a made-up project, and files to give it.
#pragma once

#include "fakeproject.h"
#include "ui/addresses/addressespage.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

namespace cockpit::testing {

struct Opened
{
    Opened() : theme(*qApp, ThemeChoice::Light), session(fake.makeSession()), page(*session)
    {
        QSignalSpy opened(session.get(), &Session::projectOpened);
        session->createProject(fake.path(), fake.settings());
        [&] { QTRY_COMPARE(opened.count(), 1); }();
        page.show();
    }

    const Target &target() const { return session->project().settings.target; }
    // "name=purpose", one after the other.
    QString names() const
    {
        QStringList lines;
        for (const ListedName &listed : session->project().names)
            lines << listed.name + QLatin1Char('=') + listed.purpose;
        return lines.join(QLatin1Char(' '));
    }
    FakeProject fake;
    Theme theme;
    std::unique_ptr<Session> session;
    AddressesPage page;
};

inline QString writeFile(const QTemporaryDir &folder, const QByteArray &bytes)
{
    QFile file(folder.filePath(QStringLiteral("names-or-routes")));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

} // namespace cockpit::testing
