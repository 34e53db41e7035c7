// What the tests of the project file share: a project in a folder of its own, saved and read again.
#pragma once

#include "models/store/projectfile.h"
#include "models/store/rows.h"
#include "storefixtures.h"

#include <QTest>

namespace cockpit::test {

class StoreTest : public QObject
{
protected:
    // Before each test.
    void create()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("example ops #1?.cockpit"));
        auto created = ProjectStore::create(m_path, settings());
        QVERIFY2(created.has_value(), created ? "" : qPrintable(created.error().message + created.error().detail));
        m_store = std::move(*created);
    }

    // As after a restart of the program; null when it cannot be opened.
    std::unique_ptr<ProjectStore> reopened()
    {
        m_store.reset();
        auto opened = ProjectStore::open(m_path, OpenMode::ReadWrite);
        return opened ? std::move(*opened) : nullptr;
    }

    ProjectState reloaded()
    {
        m_store = reopened();
        const Result<ProjectState> state = m_store ? m_store->load() : ProjectState();
        return state.value_or(ProjectState());
    }

    // What somebody else's program wrote into the file.
    void writeByHand(const QString &statement)
    {
        m_store.reset();
        {
            const auto connection = store::Connection::open(m_path, store::Access::Write);
            QVERIFY(connection);
            store::Statements statements = (*connection)->statements();
            statements.run(statement);
            QVERIFY(statements.result());
        }
        m_store = reopened();
        QVERIFY(m_store);
    }

    // -1: the file cannot be read.
    int countOf(const QString &table) const
    {
        auto connection = store::Connection::openToRead(m_store->path());
        if (!connection)
            return -1;
        store::Statements statements = (*connection)->statements();
        return statements.value(QStringLiteral("SELECT count(*) FROM %1").arg(table)).toInt();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    std::unique_ptr<ProjectStore> m_store;
};

} // namespace cockpit::test
