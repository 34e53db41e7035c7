// What the tests of a session do over and over: create, open, run.
#pragma once

#include "fakeproject.h"

#include <QSignalSpy>
#include <QTest>

namespace cockpit::testing {

inline void create(Session &session, const FakeProject &fake)
{
    QSignalSpy opened(&session, &Session::projectOpened);
    session.createProject(fake.path(), fake.settings());
    QVERIFY(!session.isOpen()); // it never waits
    QTRY_COMPARE(opened.count(), 1);
}

inline void open(Session &session, const FakeProject &fake, OpenMode mode)
{
    QSignalSpy opened(&session, &Session::projectOpened);
    session.openProject(fake.path(), mode);
    QTRY_COMPARE(opened.count(), 1);
}

inline void run(Session &session)
{
    QSignalSpy finished(&session, &Session::runFinished);
    session.runAll();
    QTRY_COMPARE(finished.count(), 1);
}

inline QString findingId(const Session &session)
{
    return session.risks().empty() ? QString() : session.risks().front().finding.id();
}

} // namespace cockpit::testing
