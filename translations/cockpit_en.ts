<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
    <context>
        <name>AbuseSchema</name>
        <message numerus="yes">
            <source>And %n more.</source>
            <translation>
                <numerusform>And %n more.</numerusform>
                <numerusform>And %n more.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n bad request(s) sent to %1 route(s)</source>
            <translation>
                <numerusform>%n bad request sent to %1 route</numerusform>
                <numerusform>%n bad requests sent to %1 routes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 gave no answer in time to %n bad request(s): %2. What that does to it is not known.</source>
            <translation>
                <numerusform>%1 gave no answer in time to %n bad request: %2. What that does to it is not known.</numerusform>
                <numerusform>%1 gave no answer in time to %n bad requests: %2. What that does to it is not known.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more difference(s)</source>
            <translation>
                <numerusform>and %n more difference</numerusform>
                <numerusform>and %n more differences</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No request was left for %n bad request(s) to %1, as one run sends %2 of this kind at most. Mark some routes as safe to write, then others.</source>
            <translation>
                <numerusform>No request was left for %n bad request to %1, as one run sends %2 of this kind at most. Mark some routes as safe to write, then others.</numerusform>
                <numerusform>No request was left for %n bad requests to %1, as one run sends %2 of this kind at most. Mark some routes as safe to write, then others.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No request was left for %n bad request(s) to %1. Allow more on the page "Access".</source>
            <translation>
                <numerusform>No request was left for %n bad request to %1. Allow more on the page "Access".</numerusform>
                <numerusform>No request was left for %n bad requests to %1. Allow more on the page "Access".</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 takes more fields than a run tries: %n of them had no bad values.</source>
            <translation>
                <numerusform>%1 takes more fields than a run tries: %n of them had no bad values.</numerusform>
                <numerusform>%1 takes more fields than a run tries: %n of them had no bad values.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) to read gave no answer that tells: what bad input does there, and what is handed out, is not known.</source>
            <translation>
                <numerusform>%n request to read gave no answer that tells: what bad input does there, and what is handed out, is not known.</numerusform>
                <numerusform>%n requests to read gave no answer that tells: what bad input does there, and what is handed out, is not known.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No request was left for bad input at %n search(es) and list(s): %1. Allow more on the page "Access".</source>
            <translation>
                <numerusform>No request was left for bad input at %n search and list: %1. Allow more on the page "Access".</numerusform>
                <numerusform>No request was left for bad input at %n searches and lists: %1. Allow more on the page "Access".</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Of searches and lists, one look tries %1 at most. Not tried, %n more: %2. The next look begins with them.</source>
            <translation>
                <numerusform>Of searches and lists, one look tries %1 at most. Not tried, %n more: %2. The next look begins with them.</numerusform>
                <numerusform>Of searches and lists, one look tries %1 at most. Not tried, %n more: %2. The next look begins with them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 took %n bad request(s), and nothing shows whether it kept what was wrong: %2.</source>
            <translation>
                <numerusform>%1 took %n bad request, and nothing shows whether it kept what was wrong: %2.</numerusform>
                <numerusform>%1 took %n bad requests, and nothing shows whether it kept what was wrong: %2.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ActiveGate</name>
        <message numerus="yes">
            <source>The run may send %n test request(s) in all, and the rest of them is not enough for this check. Allow more on the page "Access", or run fewer checks at a time.</source>
            <translation>
                <numerusform>The run may send %n test request in all, and the rest of them is not enough for this check. Allow more on the page "Access", or run fewer checks at a time.</numerusform>
                <numerusform>The run may send %n test requests in all, and the rest of them is not enough for this check. Allow more on the page "Access", or run fewer checks at a time.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>More had to be undone than the %n request(s) kept for it.</source>
            <translation>
                <numerusform>More had to be undone than the %n request kept for it.</numerusform>
                <numerusform>More had to be undone than the %n requests kept for it.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AdminPaths</name>
        <message numerus="yes">
            <source>No admin page at %n usual address(es)</source>
            <translation>
                <numerusform>No admin page at %n usual address</numerusform>
                <numerusform>No admin page at %n usual addresses</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n admin page(s) found, %1 locked</source>
            <translation>
                <numerusform>%n admin page found, %1 locked</numerusform>
                <numerusform>%n admin pages found, %1 locked</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n page(s) of administration draw by their script what a stranger sees, so whether they ask for a login is not known, for example %1. Open them in a private window.</source>
            <translation>
                <numerusform>%n page of administration draws by its script what a stranger sees, so whether it asks for a login is not known: %1. Open it in a private window.</numerusform>
                <numerusform>%n pages of administration draw by their script what a stranger sees, so whether they ask for a login is not known, for example %1. Open them in a private window.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AdminSeparation</name>
        <message numerus="yes">
            <source>None of your routes is for administrators, and at the %n usual address(es) an administrator is told that nothing is there. If they work elsewhere, mark those routes.</source>
            <translation>
                <numerusform>None of your routes is for administrators, and at the %n usual address an administrator is told that nothing is there. If they work elsewhere, mark those routes.</numerusform>
                <numerusform>None of your routes is for administrators, and at the %n usual addresses an administrator is told that nothing is there. If they work elsewhere, mark those routes.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of these addresses did not say that nothing is there.</source>
            <translation>
                <numerusform>%n of these addresses did not say that nothing is there.</numerusform>
                <numerusform>%n of these addresses did not say that nothing is there.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Advisories</name>
        <message numerus="yes">
            <source>%n file(s) of the export could not be read.</source>
            <translation>
                <numerusform>%n file of the export could not be read.</numerusform>
                <numerusform>%n files of the export could not be read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ApiDocs</name>
        <message numerus="yes">
            <source>%1 is readable by everybody and lists %n address(es).</source>
            <translation>
                <numerusform>%1 is readable by everybody and lists %n address.</numerusform>
                <numerusform>%1 is readable by everybody and lists %n addresses.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Of these, %n for administration.</source>
            <translation>
                <numerusform>Of these, %n for administration.</numerusform>
                <numerusform>Of these, %n for administration.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Of these, %n behind a login.</source>
            <translation>
                <numerusform>Of these, %n behind a login.</numerusform>
                <numerusform>Of these, %n behind a login.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No document about an API at %n usual address(es)</source>
            <translation>
                <numerusform>No document about an API at %n usual address</numerusform>
                <numerusform>No document about an API at %n usual addresses</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n open document(s) or page(s) about an API</source>
            <translation>
                <numerusform>%n open document or page about an API</numerusform>
                <numerusform>%n open documents or pages about an API</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ArchiveWalk</name>
        <message numerus="yes">
            <source>%n file(s) in %1 were read in part: they are too large.</source>
            <translation>
                <numerusform>%n file in %1 was read in part: it is too large.</numerusform>
                <numerusform>%n files in %1 were read in part: they are too large.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) in %1 are encrypted and were not read.</source>
            <translation>
                <numerusform>%n file in %1 is encrypted and was not read.</numerusform>
                <numerusform>%n files in %1 are encrypted and were not read.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n part(s) of %1 are damaged.</source>
            <translation>
                <numerusform>%n part of %1 is damaged.</numerusform>
                <numerusform>%n parts of %1 are damaged.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n archive(s) in %1 are nested too deep and were not opened.</source>
            <translation>
                <numerusform>%n archive in %1 is nested too deep and was not opened.</numerusform>
                <numerusform>%n archives in %1 are nested too deep and were not opened.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n name(s) in %1 lead out of the folder that it would be unpacked to.</source>
            <translation>
                <numerusform>%n name in %1 leads out of the folder that it would be unpacked to.</numerusform>
                <numerusform>%n names in %1 lead out of the folder that it would be unpacked to.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AuditText</name>
        <message numerus="yes">
            <source>%1, %2, about %n minute(s), check %3</source>
            <translation>
                <numerusform>%1, %2, about %n minute, check %3</numerusform>
                <numerusform>%1, %2, about %n minutes, check %3</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n finding(s), worst first</source>
            <translation>
                <numerusform>%n finding, worst first</numerusform>
                <numerusform>%n findings, worst first</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BackendReads</name>
        <message numerus="yes">
            <source>The table %1 gives a stranger %n row(s).</source>
            <translation>
                <numerusform>The table %1 gives a stranger %n row.</numerusform>
                <numerusform>The table %1 gives a stranger %n rows.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The root of the realtime database answers a stranger with %n name(s).</source>
            <translation>
                <numerusform>The root of the realtime database answers a stranger with %n name.</numerusform>
                <numerusform>The root of the realtime database answers a stranger with %n names.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n part(s) of your backend service give strangers nothing</source>
            <translation>
                <numerusform>%n part of your backend service give strangers nothing</numerusform>
                <numerusform>%n parts of your backend service give strangers nothing</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The code of your pages names what starts a workflow or opens an app of yours at %1: %n address(es). Not called, as each does something. Look whether each checks who calls, and how often.</source>
            <translation>
                <numerusform>The code of your pages names what starts a workflow or opens an app of yours at %1: %n address. Not called, as each does something. Look whether each checks who calls, and how often.</numerusform>
                <numerusform>The code of your pages names what starts a workflow or opens an app of yours at %1: %n addresses. Not called, as each does something. Look whether each checks who calls, and how often.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>; not called, as each does something: %n function(s) or workflow(s)</source>
            <translation>
                <numerusform>; not called, as each does something: %n function or workflow</numerusform>
                <numerusform>; not called, as each does something: %n functions or workflows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BackendWords</name>
        <message numerus="yes">
            <source>%n part(s) of your backend service gave an answer that does not tell.</source>
            <translation>
                <numerusform>%n part of your backend service gave an answer that does not tell.</numerusform>
                <numerusform>%n parts of your backend service gave an answer that does not tell.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n question(s) about the setup of your backend service got an answer that does not tell.</source>
            <translation>
                <numerusform>%n question about the setup of your backend service got an answer that does not tell.</numerusform>
                <numerusform>%n questions about the setup of your backend service got an answer that does not tell.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BackendWrites</name>
        <message numerus="yes">
            <source>; a stranger's test record was refused at %n place(s)</source>
            <translation>
                <numerusform>; a stranger's test record was refused at %n place</numerusform>
                <numerusform>; a stranger's test record was refused at %n places</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BaseUrls</name>
        <message numerus="yes">
            <source>%n built file(s) name %1 address(es) of the product, and none of a test</source>
            <translation>
                <numerusform>%n built file names %1 address of the product, and none of a test</numerusform>
                <numerusform>%n built files name %1 addresses of the product, and none of a test</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n address(es) are not production's</source>
            <translation>
                <numerusform>%n address is not production's</numerusform>
                <numerusform>%n addresses are not production's</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BlobWalk</name>
        <message numerus="yes">
            <source>%n file(s) are kept in Git LFS, outside of the repository, and were not read.</source>
            <translation>
                <numerusform>%n file is kept in Git LFS, outside of the repository, and was not read.</numerusform>
                <numerusform>%n files are kept in Git LFS, outside of the repository, and were not read.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n object(s) or pack(s) are broken and could not be read: %1. Run: git fsck</source>
            <translation>
                <numerusform>%n object or pack is broken and could not be read: %1. Run: git fsck</numerusform>
                <numerusform>%n objects or packs are broken and could not be read: %1. Run: git fsck</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n submodule(s) have a history of their own: %1. Look at each by itself.</source>
            <translation>
                <numerusform>%n submodule has a history of its own: %1. Look at it by itself.</numerusform>
                <numerusform>%n submodules have a history of their own: %1. Look at each by itself.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) of more than %1 were not read, and may hold text: %2. To search one: git cat-file -p ID | launch-cockpit secrets - (its ID is the number beside it). Keep such a file outside of git, or in Git LFS.</source>
            <translation>
                <numerusform>%n file of more than %1 was not read, and may hold text: %2. To search it: git cat-file -p ID | launch-cockpit secrets - (its ID is the number beside it). Keep such a file outside of git, or in Git LFS.</numerusform>
                <numerusform>%n files of more than %1 were not read, and may hold text: %2. To search one: git cat-file -p ID | launch-cockpit secrets - (its ID is the number beside it). Keep such a file outside of git, or in Git LFS.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n folder(s) of the change lie in more than %1 others and were not looked at.</source>
            <translation>
                <numerusform>%n folder of the change lies in more than %1 others and was not looked at.</numerusform>
                <numerusform>%n folders of the change lie in more than %1 others and were not looked at.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BoundedReading</name>
        <message numerus="yes">
            <source>%n file(s) or folder(s) of %1 could not be read.</source>
            <translation>
                <numerusform>%n file or folder of %1 could not be read.</numerusform>
                <numerusform>%n files or folders of %1 could not be read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BuiltAddresses</name>
        <message numerus="yes">
            <source>The built files name more addresses than are compared: %n were left out.</source>
            <translation>
                <numerusform>The built files name more addresses than are compared: %n was left out.</numerusform>
                <numerusform>The built files name more addresses than are compared: %n were left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BundleHints</name>
        <message numerus="yes">
            <source>%n feature(s) can be switched in the code that browsers get</source>
            <translation>
                <numerusform>%n feature can be switched in the code that browsers get</numerusform>
                <numerusform>%n features can be switched in the code that browsers get</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>There are %n more.</source>
            <translation>
                <numerusform>There are %n more.</numerusform>
                <numerusform>There are %n more.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BundleSecrets</name>
        <message numerus="yes">
            <source>%n file(s) of code searched</source>
            <translation>
                <numerusform>%n file of code searched</numerusform>
                <numerusform>%n files of code searched</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>, %n could not be read</source>
            <translation>
                <numerusform>, %n could not be read</numerusform>
                <numerusform>, %n could not be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) of code could not be read to the end: no answer, or too long for us. What is in them is not known.</source>
            <translation>
                <numerusform>%n file of code could not be read to the end: no answer, or too long for us. What is in it is not known.</numerusform>
                <numerusform>%n files of code could not be read to the end: no answer, or too long for us. What is in them is not known.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Burst</name>
        <message numerus="yes">
            <source>%n side by side</source>
            <translation>
                <numerusform>%n side by side</numerusform>
                <numerusform>%n side by side</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Of %n ordinary visit(s) at the same time, %1 failed (%2), twice in a row. One by one, before and after, all were served.</source>
            <translation>
                <numerusform>Of %n ordinary visit at the same time, %1 failed (%2), twice in a row. One by one, before and after, all were served.</numerusform>
                <numerusform>Of %n ordinary visits at the same time, %1 failed (%2), twice in a row. One by one, before and after, all were served.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n ordinary visit(s) at the same time typically took %1 ms, and one alone %2 ms.</source>
            <translation>
                <numerusform>%n ordinary visit at the same time typically took %1 ms, and one alone %2 ms.</numerusform>
                <numerusform>%n ordinary visits at the same time typically took %1 ms, and one alone %2 ms.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The product limits visitors: of %n at the same time it refused %1 with a limit (429), which is fine. More than that was not tried.</source>
            <translation>
                <numerusform>The product limits visitors: of %n at the same time it refused %1 with a limit (429), which is fine. More than that was not tried.</numerusform>
                <numerusform>The product limits visitors: of %n at the same time it refused %1 with a limit (429), which is fine. More than that was not tried.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The product limits visitors: after %n visit(s) it refused with a limit (429), which is fine.</source>
            <translation>
                <numerusform>The product limits visitors: after %n visit it refused with a limit (429), which is fine.</numerusform>
                <numerusform>The product limits visitors: after %n visits it refused with a limit (429), which is fine.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n ordinary visit(s) side by side</source>
            <translation>
                <numerusform>%n ordinary visit side by side</numerusform>
                <numerusform>%n ordinary visits side by side</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Bypass</name>
        <message numerus="yes">
            <source>%n request(s) were not sent for lack of a budget, or as the product asked for fewer.</source>
            <translation>
                <numerusform>%n request was not sent for lack of a budget, or as the product asked for fewer.</numerusform>
                <numerusform>%n requests were not sent for lack of a budget, or as the product asked for fewer.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) do not tell.</source>
            <translation>
                <numerusform>%n answer does not tell.</numerusform>
                <numerusform>%n answers do not tell.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n way(s) around a refusal were found</source>
            <translation>
                <numerusform>%n way around a refusal was found</numerusform>
                <numerusform>%n ways around a refusal were found</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BypassLeft</name>
        <message numerus="yes">
            <source>%n more private address(es) were not tried: one look takes %1 at most, and the next one begins with those</source>
            <translation>
                <numerusform>%n more private address were not tried: one look takes %1 at most, and the next one begins with those</numerusform>
                <numerusform>%n more private addresses were not tried: one look takes %1 at most, and the next one begins with those</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CacheLeak</name>
        <message numerus="yes">
            <source>%1 asked for %2, and then %3 asked for the same address and got %n text(s) that only %1 has. %4 Wanted: an answer made for whoever asks.</source>
            <translation>
                <numerusform>%1 asked for %2, and then %3 asked for the same address and got %n text that only %1 has. %4 Wanted: an answer made for whoever asks.</numerusform>
                <numerusform>%1 asked for %2, and then %3 asked for the same address and got %n texts that only %1 has. %4 Wanted: an answer made for whoever asks.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n private page(s) of %1 asked for again by others</source>
            <translation>
                <numerusform>%n private page of %1 asked for again by others</numerusform>
                <numerusform>%n private pages of %1 asked for again by others</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CachePrivate</name>
        <message numerus="yes">
            <source>%n private page(s) looked at</source>
            <translation>
                <numerusform>%n private page looked at</numerusform>
                <numerusform>%n private pages looked at</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n further private route(s) were not asked.</source>
            <translation>
                <numerusform>%n further private route was not asked.</numerusform>
                <numerusform>%n further private routes were not asked.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n route(s) seem to be for members by their address alone, and leave their answer to caches. Say in your list of routes who may use them, so that they can be judged.</source>
            <translation>
                <numerusform>%n route seems to be for members by its address alone, and leaves its answer to caches. Say in your list of routes who may use it, so that it can be judged.</numerusform>
                <numerusform>%n routes seem to be for members by their address alone, and leave their answer to caches. Say in your list of routes who may use them, so that they can be judged.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n private route(s) refuse strangers, as they should, so what caches may keep of a member's answer was not seen. No login page and no answer with a session was found here.</source>
            <translation>
                <numerusform>%n private route refuses strangers, as it should, so what caches may keep of a member's answer was not seen. No login page and no answer with a session was found here.</numerusform>
                <numerusform>%n private routes refuse strangers, as they should, so what caches may keep of a member's answer was not seen. No login page and no answer with a session was found here.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n private route(s) refused this look, or a firewall in front of them did, so what caches may keep of a member's answer was not seen. No login page and no answer with a session was found here.</source>
            <translation>
                <numerusform>%n private route refused this look, or a firewall in front of it did, so what caches may keep of a member's answer was not seen. No login page and no answer with a session was found here.</numerusform>
                <numerusform>%n private routes refused this look, or a firewall in front of them did, so what caches may keep of a member's answer was not seen. No login page and no answer with a session was found here.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n private page(s) gave no answer that tells something.</source>
            <translation>
                <numerusform>%n private page gave no answer that tells something.</numerusform>
                <numerusform>%n private pages gave no answer that tells something.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CacheStatic</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) looked at, %1 together</source>
            <translation>
                <numerusform>%n file looked at, %1 together</numerusform>
                <numerusform>%n files looked at, %1 together</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>None of the %n file(s) that %1 loads could be looked at: no answer, a refusal or an error in its place.</source>
            <translation>
                <numerusform>The only file that %1 loads could not be looked at: no answer, a refusal or an error in its place.</numerusform>
                <numerusform>None of the %n files that %1 loads could be looked at: no answer, a refusal or an error in its place.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n further file(s) could not be looked at.</source>
            <translation>
                <numerusform>%n further file could not be looked at.</numerusform>
                <numerusform>%n further files could not be looked at.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CallbackUrl</name>
        <message numerus="yes">
            <source>%n inner address(es) sent</source>
            <translation>
                <numerusform>%n inner address sent</numerusform>
                <numerusform>%n inner addresses sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Canary</name>
        <message numerus="yes">
            <source>The same holds for %n more record(s) that it made before.</source>
            <translation>
                <numerusform>The same holds for %n more record that it made before.</numerusform>
                <numerusform>The same holds for %n more records that it made before.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Canonical</name>
        <message numerus="yes">
            <source>The site lives at %n address(es)</source>
            <translation>
                <numerusform>The site lives at %n address</numerusform>
                <numerusform>The site lives at %n addresses</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n form(s) of the address lead to one place</source>
            <translation>
                <numerusform>%n form of the address leads to one place</numerusform>
                <numerusform>%n forms of the address lead to one place</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 was passed on %n time(s) and never arrived. %2</source>
            <translation>
                <numerusform>%1 was passed on %n time and never arrived. %2</numerusform>
                <numerusform>%1 was passed on %n times and never arrived. %2</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CertificateMonitor</name>
        <message numerus="yes">
            <source>The certificate of %1 has %n day(s) left. Wanted: more than %2.</source>
            <translation>
                <numerusform>The certificate of %1 has %n day left. Wanted: more than %2.</numerusform>
                <numerusform>The certificate of %1 has %n days left. Wanted: more than %2.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n certificate(s) watched</source>
            <translation>
                <numerusform>%n certificate watched</numerusform>
                <numerusform>%n certificates watched</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The certificate of %1 ended %n day(s) ago.</source>
            <translation>
                <numerusform>The certificate of %1 ended %n day ago.</numerusform>
                <numerusform>The certificate of %1 ended %n days ago.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CiConfig</name>
        <message numerus="yes">
            <source>%n file(s) of pipeline settings read</source>
            <translation>
                <numerusform>%n file of pipeline settings read</numerusform>
                <numerusform>%n files of pipeline settings read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n line(s) of build logs</source>
            <translation>
                <numerusform>and %n line of build logs</numerusform>
                <numerusform>and %n lines of build logs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The value of %1 stands in the build log %n time(s), %2.</source>
            <translation>
                <numerusform>The value of %1 stands in the build log %n time, %2.</numerusform>
                <numerusform>The value of %1 stands in the build log %n times, %2.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n password(s), code(s) or token(s) stand in the build logs, readable.</source>
            <translation>
                <numerusform>%n password, code or token stands in the build logs, readable.</numerusform>
                <numerusform>%n passwords, codes or tokens stand in the build logs, readable.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n list(s) of all settings stand in the build logs. What is masked today is not masked when it is set in another place or changed by a script.</source>
            <translation>
                <numerusform>%n list of all settings stands in the build logs. What is masked today is not masked when it is set in another place or changed by a script.</numerusform>
                <numerusform>%n lists of all settings stand in the build logs. What is masked today is not masked when it is set in another place or changed by a script.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n traced command(s) (set -x) give a value to the name of a secret.</source>
            <translation>
                <numerusform>%n traced command (set -x) gives a value to the name of a secret.</numerusform>
                <numerusform>%n traced commands (set -x) give a value to the name of a secret.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n time(s) in the build logs: %1.</source>
            <translation>
                <numerusform>%n time in the build logs: %1.</numerusform>
                <numerusform>%n times in the build logs: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Only %n line(s) of build logs are there: too few to say that your builds print nothing that they should not. Save the whole log of a build.</source>
            <translation>
                <numerusform>Only %n line of build logs is there: too few to say that your builds print nothing that they should not. Save the whole log of a build.</numerusform>
                <numerusform>Only %n lines of build logs are there: too few to say that your builds print nothing that they should not. Save the whole log of a build.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n line(s) of npm's debug log stand in the build logs. It holds settings, addresses and what scripts print, and npm hides only what it knows to be a token.</source>
            <translation>
                <numerusform>%n line of npm's debug log stand in the build logs. It holds settings, addresses and what scripts print, and npm hides only what it knows to be a token.</numerusform>
                <numerusform>%n lines of npm's debug log stand in the build logs. It holds settings, addresses and what scripts print, and npm hides only what it knows to be a token.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n plan(s) of Terraform or OpenTofu stand in the build logs. Every value that is not marked as sensitive is readable in it.</source>
            <translation>
                <numerusform>%n plan of Terraform or OpenTofu stand in the build logs. Every value that is not marked as sensitive is readable in it.</numerusform>
                <numerusform>%n plans of Terraform or OpenTofu stand in the build logs. Every value that is not marked as sensitive is readable in it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n value(s) are marked, and hidden.</source>
            <translation>
                <numerusform>%n value is marked, and hidden.</numerusform>
                <numerusform>%n values are marked, and hidden.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CodeRepositories</name>
        <message numerus="yes">
            <source>%n more git repositories below %1 were not looked at: name those that matter.</source>
            <translation>
                <numerusform>%n more git repository below %1 was not looked at: name it if it matters.</numerusform>
                <numerusform>%n more git repositories below %1 were not looked at: name those that matter.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n folder(s) below %1 could not be looked through for git repositories. The first is %2: %3</source>
            <translation>
                <numerusform>%n folder below %1 could not be looked through for git repositories. The first is %2: %3</numerusform>
                <numerusform>%n folders below %1 could not be looked through for git repositories. The first is %2: %3</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n git repositories in folders for other people's packages were not looked at: %1. If one is yours, name it on the page Code and files.</source>
            <translation>
                <numerusform>%n git repository in a folder for other people's packages was not looked at: %1. If it is yours, name it on the page Code and files.</numerusform>
                <numerusform>%n git repositories in folders for other people's packages were not looked at: %1. If one is yours, name it on the page Code and files.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CommandLine</name>
        <message numerus="yes">
            <source>%n value(s) were not put into the baseline, because no commit that was looked at has them: whoever gets the file could guess them. Commit their files first, or look at the versions that git has, too (--history). Where that is not meant, a remark behind a value (launch-cockpit:allow REASON) accepts it.</source>
            <translation>
                <numerusform>%n value was not put into the baseline, because no commit that was looked at has it: whoever gets the file could guess it. Commit its file first, or look at the versions that git has, too (--history). Where that is not meant, a remark behind the value (launch-cockpit:allow REASON) accepts it.</numerusform>
                <numerusform>%n values were not put into the baseline, because no commit that was looked at has them: whoever gets the file could guess them. Commit their files first, or look at the versions that git has, too (--history). Where that is not meant, a remark behind a value (launch-cockpit:allow REASON) accepts it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them were accepted by the baseline before, and are findings from now on.</source>
            <translation>
                <numerusform>%n of them was accepted by the baseline before, and is a finding from now on.</numerusform>
                <numerusform>%n of them were accepted by the baseline before, and are findings from now on.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Taking away what earlier runs left took all %n request(s) that this run may send, so that no test attacks were sent. Allow more by --requests, or leave --remove-left to a run of its own.</source>
            <translation>
                <numerusform>Taking away what earlier runs left took all %n request that this run may send, so that no test attacks were sent. Allow more by --requests, or leave --remove-left to a run of its own.</numerusform>
                <numerusform>Taking away what earlier runs left took all %n requests that this run may send, so that no test attacks were sent. Allow more by --requests, or leave --remove-left to a run of its own.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n value(s) went into the baseline %1.</source>
            <translation>
                <numerusform>%n value went into the baseline %1.</numerusform>
                <numerusform>%n values went into the baseline %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Cookies</name>
        <message numerus="yes">
            <source>%n cookie(s) looked at</source>
            <translation>
                <numerusform>%n cookie looked at</numerusform>
                <numerusform>%n cookies looked at</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Cors</name>
        <message numerus="yes">
            <source>No foreign site is let in, of %n request(s)</source>
            <translation>
                <numerusform>No foreign site is let in, of %n request</numerusform>
                <numerusform>No foreign site is let in, of %n requests</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) got no answer, or a refusal, a limit or a broken page in its place, so a foreign site may be let in there. Check again later.</source>
            <translation>
                <numerusform>%n request got no answer, or a refusal, a limit or a broken page in its place, so a foreign site may be let in there. Check again later.</numerusform>
                <numerusform>%n requests got no answer, or a refusal, a limit or a broken page in its place, so a foreign site may be let in there. Check again later.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n further route(s) of this host were not asked.</source>
            <translation>
                <numerusform>%n further route of this host was not asked.</numerusform>
                <numerusform>%n further routes of this host were not asked.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of the routes were not asked as every kind of site, because the run was over or they did not answer as the product would: %1.</source>
            <translation>
                <numerusform>%n of the routes was not asked as every kind of site, because the run was over or it did not answer as the product would: %1.</numerusform>
                <numerusform>%n of the routes were not asked as every kind of site, because the run was over or they did not answer as the product would: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n route(s) refuse everybody with the status 403, your own sites too, as routes do that need a login. What they allow for a customer who is signed in was not seen: %1.</source>
            <translation>
                <numerusform>%n route refuses everybody with the status 403, your own sites too, as routes do that need a login. What it allows for a customer who is signed in was not seen: %1.</numerusform>
                <numerusform>%n routes refuse everybody with the status 403, your own sites too, as routes do that need a login. What they allow for a customer who is signed in was not seen: %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Dangling</name>
        <message numerus="yes">
            <source>None of the references that could be followed leads nowhere; %n could not be followed</source>
            <translation>
                <numerusform>None of the references that could be followed leads nowhere; %n could not be followed</numerusform>
                <numerusform>None of the references that could be followed leads nowhere; %n could not be followed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All of %n reference(s) to other names lead somewhere</source>
            <translation>
                <numerusform>The one reference to another name leads somewhere</numerusform>
                <numerusform>All of %n references to other names lead somewhere</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>None of the references that could be followed leads nowhere; %n could not be followed, and not every place could be searched for more of them</source>
            <translation>
                <numerusform>None of the references that could be followed leads nowhere; %n could not be followed, and not every place could be searched for more of them</numerusform>
                <numerusform>None of the references that could be followed leads nowhere; %n could not be followed, and not every place could be searched for more of them</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1; %n address(es) at a cloud may have been given up</source>
            <translation>
                <numerusform>%1; %n address at a cloud may have been given up</numerusform>
                <numerusform>%1; %n addresses at a cloud may have been given up</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DebugPages</name>
        <message numerus="yes">
            <source>None of %n debug page(s) answers, and error pages keep quiet</source>
            <translation>
                <numerusform>None of %n debug page answers, and error pages keep quiet</numerusform>
                <numerusform>None of %n debug pages answers, and error pages keep quiet</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n debug page(s) or talkative error page(s)</source>
            <translation>
                <numerusform>%n debug page or talkative error page</numerusform>
                <numerusform>%n debug pages or talkative error pages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Deliverable</name>
        <message numerus="yes">
            <source>%1 (%n day(s) left)</source>
            <translation>
                <numerusform>%1 (%n day left)</numerusform>
                <numerusform>%1 (%n days left)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n secret(s) that were found are not in the inventory: take them over on the page "Secrets".</source>
            <translation>
                <numerusform>%n secret that was found is not in the inventory: take it over on the page "Secrets".</numerusform>
                <numerusform>%n secrets that were found are not in the inventory: take them over on the page "Secrets".</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Delivery</name>
        <message numerus="yes">
            <source>The last message was read on %1, more than %n day(s) ago. Read a new one on the page "A message".</source>
            <translation>
                <numerusform>The last message was read on %1, more than %n day ago. Read a new one on the page "A message".</numerusform>
                <numerusform>The last message was read on %1, more than %n days ago. Read a new one on the page "A message".</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Dependencies</name>
        <message numerus="yes">
            <source>For %n of the holes no repaired version is known.</source>
            <translation>
                <numerusform>For %n of the holes no repaired version is known.</numerusform>
                <numerusform>For %n of the holes no repaired version is known.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 %2 in %3 has %n known hole(s), the worst is %4.</source>
            <translation>
                <numerusform>%1 %2 in %3 has %n known hole, the worst is %4.</numerusform>
                <numerusform>%1 %2 in %3 has %n known holes, the worst is %4.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n package version(s) could not be looked up.</source>
            <translation>
                <numerusform>%n package version could not be looked up.</numerusform>
                <numerusform>%n package versions could not be looked up.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n package(s) were not looked up, because they have no exact version or come from another place than a registry%1.</source>
            <translation>
                <numerusform>%n package was not looked up, because it has no exact version or comes from another place than a registry%1.</numerusform>
                <numerusform>%n packages were not looked up, because they have no exact version or come from another place than a registry%1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No known hole in %n package version(s)</source>
            <translation>
                <numerusform>No known hole in %n package version</numerusform>
                <numerusform>No known hole in %n package versions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n package(s) with known holes</source>
            <translation>
                <numerusform>%n package with known holes</numerusform>
                <numerusform>%n packages with known holes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, %n of them for sign-in, uploads, PDFs, payments or mail</source>
            <translation>
                <numerusform>%1, %n of them for sign-in, uploads, PDFs, payments or mail</numerusform>
                <numerusform>%1, %n of them for sign-in, uploads, PDFs, payments or mail</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n version(s) cannot be compared with what the export says.</source>
            <translation>
                <numerusform>%n version cannot be compared with what the export says.</numerusform>
                <numerusform>%n versions cannot be compared with what the export says.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) need not name what their packages bring along, so that was not looked up: %1.</source>
            <translation>
                <numerusform>%n file need not name what its packages bring along, so that was not looked up: %1.</numerusform>
                <numerusform>%n files need not name what their packages bring along, so that was not looked up: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) ask for packages, and no lock file says which versions they get: %1. Let your package manager write one and keep it with the code.</source>
            <translation>
                <numerusform>%n file asks for packages, and no lock file says which versions it gets: %1. Let your package manager write one and keep it with the code.</numerusform>
                <numerusform>%n files ask for packages, and no lock file says which versions they get: %1. Let your package manager write one and keep it with the code.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n lock file(s) are links, which are not followed: %1.</source>
            <translation>
                <numerusform>%n lock file is a link, which is not followed: %1.</numerusform>
                <numerusform>%n lock files are links, which are not followed: %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Dkim</name>
        <message numerus="yes">
            <source>There are %n records at one selector.</source>
            <translation>
                <numerusform>There are %n records at one selector.</numerusform>
                <numerusform>There are %n records at one selector.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>None of %n usual selectors of %1 holds a key. Keys under other names cannot be seen from outside: send yourself a message and look for "s=" in its DKIM-Signature.</source>
            <translation>
                <numerusform>None of %n usual selectors of %1 holds a key. Keys under other names cannot be seen from outside: send yourself a message and look for "s=" in its DKIM-Signature.</numerusform>
                <numerusform>None of %n usual selectors of %1 holds a key. Keys under other names cannot be seen from outside: send yourself a message and look for "s=" in its DKIM-Signature.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DmarcDraft</name>
        <message numerus="yes">
            <source>%n record(s) become one: receivers use none when there are several. Delete the others.</source>
            <translation>
                <numerusform>%n record become one: receivers use none when there are several. Delete the others.</numerusform>
                <numerusform>%n records become one: receivers use none when there are several. Delete the others.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DmarcFindings</name>
        <message numerus="yes">
            <source>_dmarc.%1 holds %n records that start with "v=DMARC1"; receivers then use none of them.</source>
            <translation>
                <numerusform>_dmarc.%1 holds %n records that start with "v=DMARC1"; receivers then use none of them.</numerusform>
                <numerusform>_dmarc.%1 holds %n records that start with "v=DMARC1"; receivers then use none of them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DnsBaseline</name>
        <message numerus="yes">
            <source>… and %n more</source>
            <translation>
                <numerusform>… and %n more</numerusform>
                <numerusform>… and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Every %n hour(s)</source>
            <translation>
                <numerusform>Every %n hour</numerusform>
                <numerusform>Every %n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Every %n minute(s)</source>
            <translation>
                <numerusform>Every %n minute</numerusform>
                <numerusform>Every %n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DnsReport</name>
        <message numerus="yes">
            <source>… and %n more</source>
            <translation>
                <numerusform>… and %n more</numerusform>
                <numerusform>… and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Document</name>
        <message numerus="yes">
            <source>%n sample(s), drawn as a chart in the PDF.</source>
            <translation>
                <numerusform>%n sample, drawn as a chart in the PDF.</numerusform>
                <numerusform>%n samples, drawn as a chart in the PDF.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Drift</name>
        <message numerus="yes">
            <source>%n set(s) of records could not be looked at: %1</source>
            <translation>
                <numerusform>%n set of records could not be looked at: %1</numerusform>
                <numerusform>%n sets of records could not be looked at: %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n set(s) of records differ from what was accepted on %1</source>
            <translation>
                <numerusform>%n set of records differs from what was accepted on %1</numerusform>
                <numerusform>%n sets of records differ from what was accepted on %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n set(s) of records are as accepted on %1</source>
            <translation>
                <numerusform>%n set of records is as accepted on %1</numerusform>
                <numerusform>%n sets of records are as accepted on %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Your network sees other records than the world, or the change is still spreading: another resolver does not see %n difference(s).</source>
            <translation>
                <numerusform>Your network sees other records than the world, or the change is still spreading: another resolver does not see %n difference.</numerusform>
                <numerusform>Your network sees other records than the world, or the change is still spreading: another resolver does not see %n differences.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Only one look has seen %n difference(s): press "Check again" in a minute.</source>
            <translation>
                <numerusform>Only one look has seen %n difference: press "Check again" in a minute.</numerusform>
                <numerusform>Only one look has seen %n differences: press "Check again" in a minute.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Enumeration</name>
        <message numerus="yes">
            <source>After %n answer(s) %1 was limited.</source>
            <translation>
                <numerusform>After %n answer %1 was limited.</numerusform>
                <numerusform>After %n answers %1 was limited.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EnvCompleteness</name>
        <message numerus="yes">
            <source>%n setting(s) are read with a default and are not set in production: %1.</source>
            <translation>
                <numerusform>%n setting is read with a default and is not set in production: %1.</numerusform>
                <numerusform>%n settings are read with a default and are not set in production: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n setting(s) of production are encrypted in what was exported: whether they are empty or hold an example's value cannot be seen.</source>
            <translation>
                <numerusform>%n setting of production is encrypted in what was exported: whether it is empty or holds an example's value cannot be seen.</numerusform>
                <numerusform>%n settings of production are encrypted in what was exported: whether they are empty or hold an example's value cannot be seen.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EnvExposure</name>
        <message numerus="yes">
            <source>%n name(s) of settings reach the browser</source>
            <translation>
                <numerusform>%n name of a setting reaches the browser</numerusform>
                <numerusform>%n names of settings reach the browser</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EnvSeparation</name>
        <message numerus="yes">
            <source>%n setting(s) compared: %1</source>
            <translation>
                <numerusform>%n setting compared: %1</numerusform>
                <numerusform>%n settings compared: %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n setting(s) could not be compared, for their values are encrypted in what was exported: %1. Export them decrypted, or compare them in your provider's panel.</source>
            <translation>
                <numerusform>%n setting could not be compared, for its value is encrypted in what was exported: %1. Export it decrypted, or compare it in your provider's panel.</numerusform>
                <numerusform>%n settings could not be compared, for their values are encrypted in what was exported: %1. Export them decrypted, or compare them in your provider's panel.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ErrorLeak</name>
        <message numerus="yes">
            <source>And %n more answer(s) like it.</source>
            <translation>
                <numerusform>And %n more answer like it.</numerusform>
                <numerusform>And %n more answers like it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n error(s) forced and read</source>
            <translation>
                <numerusform>%n error forced and read</numerusform>
                <numerusform>%n errors forced and read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) brought no answer that could be read: what your product shows then is not known.</source>
            <translation>
                <numerusform>%n request brought no answer that could be read: what your product shows then is not known.</numerusform>
                <numerusform>%n requests brought no answer that could be read: what your product shows then is not known.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No request was left to force errors at %n more route(s): %1. Allow more on the page "Access".</source>
            <translation>
                <numerusform>No request was left to force errors at %n more route: %1. Allow more on the page "Access".</numerusform>
                <numerusform>No request was left to force errors at %n more routes: %1. Allow more on the page "Access".</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>One look forces errors at %1 routes that are read at most. Not tried, %n more: %2. The next look begins with them.</source>
            <translation>
                <numerusform>One look forces errors at %1 routes that are read at most. Not tried, %n more: %2. The next look begins with them.</numerusform>
                <numerusform>One look forces errors at %1 routes that are read at most. Not tried, %n more: %2. The next look begins with them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ErrorPages</name>
        <message numerus="yes">
            <source>%n error page(s) looked at</source>
            <translation>
                <numerusform>%n error page looked at</numerusform>
                <numerusform>%n error pages looked at</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) that lead to error pages got no answer, or a limit or a test for robots in its place. Check again later.</source>
            <translation>
                <numerusform>%n request that leads to error pages got no answer, or a limit or a test for robots in its place. Check again later.</numerusform>
                <numerusform>%n requests that lead to error pages got no answer, or a limit or a test for robots in its place. Check again later.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EventLog</name>
        <message numerus="yes">
            <source>The web server refused %n request(s) so in the time that the product's own log covers, and no line of that log tells of one. Wanted: a line for each.</source>
            <translation>
                <numerusform>The web server refused %n request so in the time that the product's own log covers, and no line of that log tells of one. Wanted: a line for each.</numerusform>
                <numerusform>The web server refused %n requests so in the time that the product's own log covers, and no line of that log tells of one. Wanted: a line for each.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ExposedFiles</name>
        <message numerus="yes">
            <source>None of %n file(s) asked for got an answer.</source>
            <translation>
                <numerusform>The one file asked for got no answer.</numerusform>
                <numerusform>None of %n files asked for got an answer.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>None of %n well-known file(s) can be downloaded</source>
            <translation>
                <numerusform>The one well-known file cannot be downloaded</numerusform>
                <numerusform>None of %n well-known files can be downloaded</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) can be downloaded</source>
            <translation>
                <numerusform>%n file can be downloaded</numerusform>
                <numerusform>%n files can be downloaded</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of the files asked for got no answer that tells: the server stopped answering us half-way. Let the user agent "LaunchCockpit" through in your firewall, wait a few minutes and check again.</source>
            <translation>
                <numerusform>%n of the files asked for got no answer that tells: the server stopped answering us half-way. Let the user agent "LaunchCockpit" through in your firewall, wait a few minutes and check again.</numerusform>
                <numerusform>%n of the files asked for got no answer that tells: the server stopped answering us half-way. Let the user agent "LaunchCockpit" through in your firewall, wait a few minutes and check again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n address(es) blocked by the edge, for example %1, while invented ones are not. That says nothing about what lies behind: still check the origin server.</source>
            <translation>
                <numerusform>%n address blocked by the edge, for example %1, while invented ones are not. That says nothing about what lies behind: still check the origin server.</numerusform>
                <numerusform>%n addresses blocked by the edge, for example %1, while invented ones are not. That says nothing about what lies behind: still check the origin server.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n address(es) gave no answer that tells whether anything is there, for example %1. Check again.</source>
            <translation>
                <numerusform>%n address gave no answer that tells whether anything is there, for example %1. Check again.</numerusform>
                <numerusform>%n addresses gave no answer that tells whether anything is there, for example %1. Check again.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FileLinks</name>
        <message numerus="yes">
            <source>%1 is a file of %2. %3 asked for it and got the same %n byte(s). Wanted: 401, 403 or 404.</source>
            <translation>
                <numerusform>%1 is a file of %2. %3 asked for it and got the same %n byte. Wanted: 401, 403 or 404.</numerusform>
                <numerusform>%1 is a file of %2. %3 asked for it and got the same %n bytes. Wanted: 401, 403 or 404.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) of %1 asked for as another customer and as a stranger</source>
            <translation>
                <numerusform>%n file of %1 asked for as another customer and as a stranger</numerusform>
                <numerusform>%n files of %1 asked for as another customer and as a stranger</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) did not tell, or did not come.</source>
            <translation>
                <numerusform>%n answer did not tell, or did not come.</numerusform>
                <numerusform>%n answers did not tell, or did not come.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>One look tries %1 files at most. Not tried, %n more folder(s): %2.</source>
            <translation>
                <numerusform>One look tries %1 files at most. Not tried, %n more folder: %2.</numerusform>
                <numerusform>One look tries %1 files at most. Not tried, %n more folders: %2.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ForgedToken</name>
        <message numerus="yes">
            <source>The token of %1 (%2) is signed with a secret of %n letter(s) that stands on a short list of common ones. It was found on this computer. Wanted: 32 random bytes or more.</source>
            <translation>
                <numerusform>The token of %1 (%2) is signed with a secret of %n letter that stands on a short list of common ones. It was found on this computer. Wanted: 32 random bytes or more.</numerusform>
                <numerusform>The token of %1 (%2) is signed with a secret of %n letters that stands on a short list of common ones. It was found on this computer. Wanted: 32 random bytes or more.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) did not tell whether the token was taken (%1).</source>
            <translation>
                <numerusform>%n answer did not tell whether the token was taken (%1).</numerusform>
                <numerusform>%n answers did not tell whether the token was taken (%1).</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Not tried as the secret: %n more spelling(s) of published keys.</source>
            <translation>
                <numerusform>Not tried as the secret: %n more spelling of published keys.</numerusform>
                <numerusform>Not tried as the secret: %n more spellings of published keys.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Not tried: %n more pasted token(s).</source>
            <translation>
                <numerusform>Not tried: %n more pasted token.</numerusform>
                <numerusform>Not tried: %n more pasted tokens.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FoundNames</name>
        <message numerus="yes">
            <source>%n usual name(s) such as %1 got no answer, so it is not known whether anything is there.</source>
            <translation>
                <numerusform>%n usual name such as %1 got no answer, so it is not known whether anything is there.</numerusform>
                <numerusform>%n usual names such as %1 got no answer, so it is not known whether anything is there.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>GraphQlSchema</name>
        <message numerus="yes">
            <source>%1 answers a stranger's question for its schema; it names %n operation(s).</source>
            <translation>
                <numerusform>%1 answers a stranger's question for its schema; it names %n operation.</numerusform>
                <numerusform>%1 answers a stranger's question for its schema; it names %n operations.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No GraphQL API at %n usual or known address(es)</source>
            <translation>
                <numerusform>No GraphQL API at %n usual or known address</numerusform>
                <numerusform>No GraphQL API at %n usual or known addresses</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Handover</name>
        <message numerus="yes">
            <source>The certificate has %n day(s) left.</source>
            <translation>
                <numerusform>The certificate has %n day left.</numerusform>
                <numerusform>The certificate has %n days left.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n repair(s), about %1 of work.</source>
            <translation>
                <numerusform>%n repair, about %1 of work.</numerusform>
                <numerusform>%n repairs, about %1 of work.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) still missing.</source>
            <translation>
                <numerusform>%n thing still missing.</numerusform>
                <numerusform>%n things still missing.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Repair what stops the launch: risk(s) %1.</source>
            <translation>
                <numerusform>Repair what stops the launch: risk %1.</numerusform>
                <numerusform>Repair what stops the launch: risks %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Work through the 48-hour plan: %n repair(s), about %1 of work.</source>
            <translation>
                <numerusform>Work through the 48-hour plan: %n repair, about %1 of work.</numerusform>
                <numerusform>Work through the 48-hour plan: %n repairs, about %1 of work.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Look at %n line(s) of the minimum bar that nobody has looked at yet.</source>
            <translation>
                <numerusform>Look at %n line of the minimum bar that nobody has looked at yet.</numerusform>
                <numerusform>Look at %n lines of the minimum bar that nobody has looked at yet.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Write down who owns %n system(s) that nobody is named for.</source>
            <translation>
                <numerusform>Write down who owns %n system that nobody is named for.</numerusform>
                <numerusform>Write down who owns %n systems that nobody is named for.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Do not let the first customers in yet: %n finding(s) stop the launch.</source>
            <translation>
                <numerusform>Do not let the first customers in yet: %n finding stop the launch.</numerusform>
                <numerusform>Do not let the first customers in yet: %n findings stop the launch.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, and %n more of the kind</source>
            <translation>
                <numerusform>%1, and %n more of the kind</numerusform>
                <numerusform>%1, and %n more of the kind</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>… %n more line(s) in the project file</source>
            <translation>
                <numerusform>… %n more line in the project file</numerusform>
                <numerusform>… %n more lines in the project file</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HandoverPdf</name>
        <message numerus="yes">
            <source>%n open point(s)</source>
            <translation>
                <numerusform>%n open point</numerusform>
                <numerusform>%n open points</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HistoryScan</name>
        <message numerus="yes">
            <source>%n file(s) in the history have more secrets than are listed.</source>
            <translation>
                <numerusform>%n file in the history has more secrets than are listed.</numerusform>
                <numerusform>%n files in the history have more secrets than are listed.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n commit(s) or folder(s) of the history are broken: places in them may be missing.</source>
            <translation>
                <numerusform>%n commit or folder of the history is broken: places in it may be missing.</numerusform>
                <numerusform>%n commits or folders of the history are broken: places in them may be missing.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Hsts</name>
        <message numerus="yes">
            <source>HTTPS is demanded for %n day(s)</source>
            <translation>
                <numerusform>HTTPS is demanded for %n day</numerusform>
                <numerusform>HTTPS is demanded for %n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HttpsRedirect</name>
        <message numerus="yes">
            <source>http://%1 was passed on %n time(s) and never arrived. %2</source>
            <translation>
                <numerusform>http://%1 was passed on %n time and never arrived. %2</numerusform>
                <numerusform>http://%1 was passed on %n times and never arrived. %2</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImpactBars</name>
        <message numerus="yes">
            <source>%n critical</source>
            <translation>
                <numerusform>%n critical</numerusform>
                <numerusform>%n critical</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n high</source>
            <translation>
                <numerusform>%n high</numerusform>
                <numerusform>%n high</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n medium</source>
            <translation>
                <numerusform>%n medium</numerusform>
                <numerusform>%n medium</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n low</source>
            <translation>
                <numerusform>%n low</numerusform>
                <numerusform>%n low</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>InWords</name>
        <message numerus="yes">
            <source>and %n more</source>
            <comment>at the end of a list of names</comment>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>And %n more.</source>
            <comment>after the last of some sentences</comment>
            <translation>
                <numerusform>And %n more.</numerusform>
                <numerusform>And %n more.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Inventory</name>
        <message numerus="yes">
            <source>All of %n name(s) that answer are in your lists</source>
            <translation>
                <numerusform>The one name that answers is in your lists</numerusform>
                <numerusform>All of %n names that answer are in your lists</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It is not known whether anybody answers at %n name(s): %1</source>
            <translation>
                <numerusform>It is not known whether anybody answers at %n name: %1</numerusform>
                <numerusform>It is not known whether anybody answers at %n names: %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It is not known what visitors get at %n name(s): %1</source>
            <translation>
                <numerusform>It is not known what visitors get at %n name: %1</numerusform>
                <numerusform>It is not known what visitors get at %n names: %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ItemState</name>
        <message numerus="yes">
            <source>%1 of %n check(s) passed</source>
            <translation>
                <numerusform>%1 of %n check passed</numerusform>
                <numerusform>%1 of %n checks passed</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Latency</name>
        <message numerus="yes">
            <source>Of %n request(s), fewer than two got an answer that counts.</source>
            <translation>
                <numerusform>Of %n request, fewer than two got an answer that counts.</numerusform>
                <numerusform>Of %n requests, fewer than two got an answer that counts.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LatencyMonitor</name>
        <message numerus="yes">
            <source>%n address(es) timed over the last hour</source>
            <translation>
                <numerusform>%n address timed over the last hour</numerusform>
                <numerusform>%n addresses timed over the last hour</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LeakBaseline</name>
        <message numerus="yes">
            <source>The baseline of the change accepts %n secret(s) that the one of %1 does not: %2. They count from the next change on: put a changed baseline into a change of its own.</source>
            <translation>
                <numerusform>The baseline of the change accepts %n secret that the one of %1 does not: %2. They count from the next change on: put a changed baseline into a change of its own.</numerusform>
                <numerusform>The baseline of the change accepts %n secrets that the one of %1 does not: %2. They count from the next change on: put a changed baseline into a change of its own.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The baseline of the change accepts %n secret(s) and has another key or form than the one of %1: which of them are new cannot be told. Write it again over the file that %1 has (--write-baseline): that keeps the key.</source>
            <translation>
                <numerusform>The baseline of the change accepts %n secret and has another key or form than the one of %1: which of them are new cannot be told. Write it again over the file that %1 has (--write-baseline): that keeps the key.</numerusform>
                <numerusform>The baseline of the change accepts %n secrets and has another key or form than the one of %1: which of them are new cannot be told. Write it again over the file that %1 has (--write-baseline): that keeps the key.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The baseline of the change accepts %n secret(s) and was written anew with the key of the one of %1, which has the form of an earlier version: which of them are new cannot be told. Look through them before the change is merged; the next one is compared again.</source>
            <translation>
                <numerusform>The baseline of the change accepts %n secret and was written anew with the key of the one of %1, which has the form of an earlier version: which of them are new cannot be told. Look through them before the change is merged; the next one is compared again.</numerusform>
                <numerusform>The baseline of the change accepts %n secrets and was written anew with the key of the one of %1, which has the form of an earlier version: which of them are new cannot be told. Look through them before the change is merged; the next one is compared again.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LeakHistory</name>
        <message numerus="yes">
            <source>At least %n commit(s) have it</source>
            <translation>
                <numerusform>At least %n commit has it</numerusform>
                <numerusform>At least %n commits have it</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n commit(s) have it</source>
            <translation>
                <numerusform>%n commit has it</numerusform>
                <numerusform>%n commits have it</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LeakJudge</name>
        <message numerus="yes">
            <source>It stands in %n more place(s).</source>
            <translation>
                <numerusform>It stands in %n more place.</numerusform>
                <numerusform>It stands in %n more places.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>… and %n more place(s).</source>
            <translation>
                <numerusform>… and %n more place.</numerusform>
                <numerusform>… and %n more places.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more secret(s) of the same kind</source>
            <translation>
                <numerusform>%n more secret of the same kind</numerusform>
                <numerusform>%n more secrets of the same kind</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) searched</source>
            <translation>
                <numerusform>%n file searched</numerusform>
                <numerusform>%n files searched</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, %n secret(s) found.</source>
            <translation>
                <numerusform>%1, %n secret found.</numerusform>
                <numerusform>%1, %n secrets found.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 holds %n secret(s) (%2). Git does not have it yet, and does not ignore it: the next "git add" of all files takes it in.</source>
            <translation>
                <numerusform>%1 holds %n secret (%2). Git does not have it yet, and does not ignore it: the next "git add" of all files takes it in.</numerusform>
                <numerusform>%1 holds %n secrets (%2). Git does not have it yet, and does not ignore it: the next "git add" of all files takes it in.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 holds %n secret(s) (%2). The folder is in no git repository, so nothing says whether this file goes along when the code is handed on.</source>
            <translation>
                <numerusform>%1 holds %n secret (%2). The folder is in no git repository, so nothing says whether this file goes along when the code is handed on.</numerusform>
                <numerusform>%1 holds %n secrets (%2). The folder is in no git repository, so nothing says whether this file goes along when the code is handed on.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, no secret in the code, and %n settings file(s) with secrets beside it.</source>
            <translation>
                <numerusform>%1, no secret in the code, and %n settings file with secrets beside it.</numerusform>
                <numerusform>%1, no secret in the code, and %n settings files with secrets beside it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, the strings of %n program(s) or other file(s) without text among them</source>
            <translation>
                <numerusform>%1, the strings of %n program or other file without text among them</numerusform>
                <numerusform>%1, the strings of %n programs or other files without text among them</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>None of the %n file(s) in the place that was named is a text that could be searched.</source>
            <translation>
                <numerusform>None of the %n file in the place that was named is a text that could be searched.</numerusform>
                <numerusform>None of the %n files in the place that was named is a text that could be searched.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LeakLook</name>
        <message numerus="yes">
            <source>%n file(s) or folder(s) could not be read.</source>
            <translation>
                <numerusform>%n file or folder could not be read.</numerusform>
                <numerusform>%n files or folders could not be read.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) hold more than can be listed.</source>
            <translation>
                <numerusform>%n file holds more than can be listed.</numerusform>
                <numerusform>%n files hold more than can be listed.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LeastPrivilege</name>
        <message numerus="yes">
            <source>Your inventory says of %n secret(s) that they may do more than they need: %1.</source>
            <translation>
                <numerusform>Your inventory says of %n secret that it may do more than it needs: %1.</numerusform>
                <numerusform>Your inventory says of %n secrets that they may do more than they need: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Nobody has said of %n secret(s) whether they may do more than they need: %1. Say it on the page "Secrets".</source>
            <translation>
                <numerusform>Nobody has said of %n secret whether it may do more than it needs: %1. Say it on the page "Secrets".</numerusform>
                <numerusform>Nobody has said of %n secrets whether they may do more than they need: %1. Say it on the page "Secrets".</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n secret(s) may do no more than they need</source>
            <translation>
                <numerusform>%1 of %n secret may do no more than it needs</numerusform>
                <numerusform>%1 of %n secrets may do no more than they need</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n secret(s) that were found are not written down, so nobody has said what they may do: %1. Take them over on the page "Secrets".</source>
            <translation>
                <numerusform>%n secret that was found is not written down, so nobody has said what it may do: %1. Take it over on the page "Secrets".</numerusform>
                <numerusform>%n secrets that were found are not written down, so nobody has said what they may do: %1. Take them over on the page "Secrets".</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Letters</name>
        <message numerus="yes">
            <source>%n more</source>
            <comment>addresses of mail</comment>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n invitation(s)</source>
            <translation>
                <numerusform>%n invitation</numerusform>
                <numerusform>%n invitations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n letter(s)</source>
            <translation>
                <numerusform>%n letter</numerusform>
                <numerusform>%n letters</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Listing</name>
        <message numerus="yes">
            <source>%n item(s)</source>
            <translation>
                <numerusform>%n item</numerusform>
                <numerusform>%n items</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LogReading</name>
        <message numerus="yes">
            <source>%n file(s) in %1 were left out: there is more than is read at once.</source>
            <translation>
                <numerusform>%n file in %1 was left out: there is more than is read at once.</numerusform>
                <numerusform>%n files in %1 were left out: there is more than is read at once.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) in %1 could not be read.</source>
            <translation>
                <numerusform>%n file in %1 could not be read.</numerusform>
                <numerusform>%n files in %1 could not be read.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) of settings could not be read: their values were not looked for.</source>
            <translation>
                <numerusform>%n file of settings could not be read: its values were not looked for.</numerusform>
                <numerusform>%n files of settings could not be read: their values were not looked for.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) in %1 are no text and were not read.</source>
            <translation>
                <numerusform>%n file in %1 are no text and were not read.</numerusform>
                <numerusform>%n files in %1 are no text and were not read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LogSecrets</name>
        <message numerus="yes">
            <source>%n token(s) stand in the logs, readable.</source>
            <translation>
                <numerusform>%n token stands in the logs, readable.</numerusform>
                <numerusform>%n tokens stand in the logs, readable.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them are part of an address.</source>
            <translation>
                <numerusform>%n of them is part of an address.</numerusform>
                <numerusform>%n of them are part of an address.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n password(s) or one-time code(s) stand in the logs, readable.</source>
            <translation>
                <numerusform>%n password or one-time code stands in the logs, readable.</numerusform>
                <numerusform>%n passwords or one-time codes stand in the logs, readable.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n session cookie(s) stand in the logs with their value.</source>
            <translation>
                <numerusform>%n session cookie stands in the logs with its value.</numerusform>
                <numerusform>%n session cookies stand in the logs with their value.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n prompt(s) to a language model stand in the logs.</source>
            <translation>
                <numerusform>%n prompt to a language model stands in the logs.</numerusform>
                <numerusform>%n prompts to a language model stand in the logs.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n line(s) read</source>
            <translation>
                <numerusform>%n line read</numerusform>
                <numerusform>%n lines read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Only %n line(s) are there: too few to say that nothing is written that should not be. Name the log of a busy day.</source>
            <translation>
                <numerusform>Only %n line is there: too few to say that nothing is written that should not be. Name the log of a busy day.</numerusform>
                <numerusform>Only %n lines are there: too few to say that nothing is written that should not be. Name the log of a busy day.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n whole request(s) or message(s) stand in the logs.</source>
            <translation>
                <numerusform>%n whole request or message stands in the logs.</numerusform>
                <numerusform>%n whole requests or messages stand in the logs.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n time(s) in the logs: %1.</source>
            <translation>
                <numerusform>%n time in the logs: %1.</numerusform>
                <numerusform>%n times in the logs: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n card number(s) or security code(s) stand in the logs in full.</source>
            <translation>
                <numerusform>%n card number or security code stands in the logs in full.</numerusform>
                <numerusform>%n card numbers or security codes stand in the logs in full.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n known test number(s) of a card stand in the logs: a real one would, too.</source>
            <translation>
                <numerusform>%n known test number of a card stands in the logs: a real one would, too.</numerusform>
                <numerusform>%n known test numbers of a card stand in the logs: a real one would, too.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>; %1 of %n field(s) that should be hidden are hidden</source>
            <translation>
                <numerusform>; %1 of %n field that should be hidden is hidden</numerusform>
                <numerusform>; %1 of %n fields that should be hidden are hidden</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LookGaps</name>
        <message numerus="yes">
            <source>One look tries %1 of them at most. Not tried, %n more route(s): %2.</source>
            <translation>
                <numerusform>One look tries %1 of them at most. Not tried, %n more route: %2.</numerusform>
                <numerusform>One look tries %1 of them at most. Not tried, %n more routes: %2.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MassAssignment</name>
        <message numerus="yes">
            <source>%n field(s) added that only the product should set</source>
            <translation>
                <numerusform>%n field added that only the product should set</numerusform>
                <numerusform>%n fields added that only the product should set</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1: no request was left for its field(s) %2. Allow more on the page "Access".</source>
            <translation>
                <numerusform>%1: no request was left for its field %2. Allow more on the page "Access".</numerusform>
                <numerusform>%1: no request was left for its fields %2. Allow more on the page "Access".</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1: %n answer(s) did not tell whether the product takes the field: %2.</source>
            <translation>
                <numerusform>%1: %n answer did not tell whether the product takes the field: %2.</numerusform>
                <numerusform>%1: %n answers did not tell whether the product takes the field: %2.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MessageClues</name>
        <message numerus="yes">
            <source>It has %n From lines. A reader's program shows one of them and a filter may check another, so large receivers refuse such messages.</source>
            <translation>
                <numerusform>It has %n From lines. A reader's program shows one of them and a filter may check another, so large receivers refuse such messages.</numerusform>
                <numerusform>It has %n From lines. A reader's program shows one of them and a filter may check another, so large receivers refuse such messages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Its From line names %n authors of one domain.</source>
            <translation>
                <numerusform>Its From line names %n authors of one domain.</numerusform>
                <numerusform>Its From line names %n authors of one domain.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MessageStory</name>
        <message numerus="yes">
            <source>It is genuine, but leaves %n byte(s) at the end uncovered (l=): anybody could have added them.</source>
            <translation>
                <numerusform>It is genuine, but leaves %n byte at the end uncovered (l=): anybody could have added them.</numerusform>
                <numerusform>It is genuine, but leaves %n bytes at the end uncovered (l=): anybody could have added them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Mailing lists or forwarders passed it on and vouch for it (ARC), %n of them, from %1 to %2.</source>
            <translation>
                <numerusform>Mailing lists or forwarders passed it on and vouch for it (ARC), %n of them, from %1 to %2.</numerusform>
                <numerusform>Mailing lists or forwarders passed it on and vouch for it (ARC), %n of them, from %1 to %2.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It leaves %n byte(s) at the end of the message uncovered (l=): anybody could have added them.</source>
            <translation>
                <numerusform>It leaves %n byte at the end of the message uncovered (l=): anybody could have added them.</numerusform>
                <numerusform>It leaves %n bytes at the end of the message uncovered (l=): anybody could have added them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MixedContent</name>
        <message numerus="yes">
            <source> and %n more</source>
            <translation>
                <numerusform> and %n more</numerusform>
                <numerusform> and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n part(s) and form(s) looked at</source>
            <translation>
                <numerusform>%n part and form looked at</numerusform>
                <numerusform>%n parts and forms looked at</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n style(s) and script(s) of the page could not be read to the end.</source>
            <translation>
                <numerusform>%n style or script of the page could not be read to the end.</numerusform>
                <numerusform>%n styles and scripts of the page could not be read to the end.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PermissionsPolicy</name>
        <message numerus="yes">
            <source>%n feature(s) switched off</source>
            <translation>
                <numerusform>%n feature switched off</numerusform>
                <numerusform>%n features switched off</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PipelineReading</name>
        <message numerus="yes">
            <source>%n pipeline file(s) in %1 were left out: they are too large, or too many.</source>
            <translation>
                <numerusform>%n pipeline file in %1 was left out: it is too large, or there are too many.</numerusform>
                <numerusform>%n pipeline files in %1 were left out: they are too large, or too many.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) in %1 could not be read.</source>
            <translation>
                <numerusform>%n file in %1 could not be read.</numerusform>
                <numerusform>%n files in %1 could not be read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PromptContent</name>
        <message numerus="yes">
            <source>%n message(s) read</source>
            <translation>
                <numerusform>%n message read</numerusform>
                <numerusform>%n messages read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Only %n message(s) are there: too few to say what your prompts hold. Export the conversations of a few days, with the results of tools.</source>
            <translation>
                <numerusform>Only %n message is there: too few to say what your prompts hold. Export the conversations of a few days, with the results of tools.</numerusform>
                <numerusform>Only %n messages are there: too few to say what your prompts hold. Export the conversations of a few days, with the results of tools.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) in %1 were left out: there is more than is read at once.</source>
            <translation>
                <numerusform>%n file in %1 was left out: there is more than is read at once.</numerusform>
                <numerusform>%n files in %1 were left out: there is more than is read at once.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) in %1 could not be read.</source>
            <translation>
                <numerusform>%n file in %1 could not be read.</numerusform>
                <numerusform>%n files in %1 could not be read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Propagation</name>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RateLimit</name>
        <message numerus="yes">
            <source>%1 answers all of %n tries</source>
            <translation>
                <numerusform>%1 answers all of %n tries</numerusform>
                <numerusform>%1 answers all of %n tries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 took all of %n requests in a row.</source>
            <translation>
                <numerusform>%1 took all of %n requests in a row.</numerusform>
                <numerusform>%1 took all of %n requests in a row.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>does not block within %n tries</source>
            <translation>
                <numerusform>does not block within %n tries</numerusform>
                <numerusform>does not block within %n tries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>answers slower and slower after %n tries</source>
            <translation>
                <numerusform>answers slower and slower after %n tries</numerusform>
                <numerusform>answers slower and slower after %n tries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>blocks after %n tries for %1 s</source>
            <translation>
                <numerusform>blocks after %n tries for %1 s</numerusform>
                <numerusform>blocks after %n tries for %1 s</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>blocks after %n tries and does not say for how long</source>
            <translation>
                <numerusform>blocks after %n tries and does not say for how long</numerusform>
                <numerusform>blocks after %n tries and does not say for how long</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 answered %n request(s), and then the test ended: no limit was met so far.</source>
            <translation>
                <numerusform>%1 answered %n request, and then the test ended: no limit was met so far.</numerusform>
                <numerusform>%1 answered %n requests, and then the test ended: no limit was met so far.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 refused %n wrong code(s), and then the test ended: no limit was met so far.</source>
            <translation>
                <numerusform>%1 refused %n wrong code, and then the test ended: no limit was met so far.</numerusform>
                <numerusform>%1 refused %n wrong codes, and then the test ended: no limit was met so far.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReadSettings</name>
        <message numerus="yes">
            <source>%n setting(s) beyond the first %1 were not kept.</source>
            <translation>
                <numerusform>%n setting beyond the first %1 was not kept.</numerusform>
                <numerusform>%n settings beyond the first %1 were not kept.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) of code are so large that only their beginning was read for names of settings.</source>
            <translation>
                <numerusform>%n file of code is so large that only its beginning was read for names of settings.</numerusform>
                <numerusform>%n files of code are so large that only their beginning was read for names of settings.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RedirectMapCheck</name>
        <message numerus="yes">
            <source>%n old address(es) could not be looked at.</source>
            <translation>
                <numerusform>%n old address could not be looked at.</numerusform>
                <numerusform>%n old addresses could not be looked at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n old address(es) lead where they should</source>
            <translation>
                <numerusform>%1 of %n old address leads where it should</numerusform>
                <numerusform>%1 of %n old addresses lead where they should</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Ends at %1 with status %2, after %n step(s).</source>
            <translation>
                <numerusform>Ends at %1 with status %2, after %n step.</numerusform>
                <numerusform>Ends at %1 with status %2, after %n steps.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n old address(es). %1 %2</source>
            <translation>
                <numerusform>%n old address. %1 %2</numerusform>
                <numerusform>%n old addresses. %1 %2</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n old address(es) get the same page as an address that nobody uses, which tells nothing.</source>
            <translation>
                <numerusform>%n old address gets the same page as an address that nobody uses, which tells nothing.</numerusform>
                <numerusform>%n old addresses get the same page as an address that nobody uses, which tells nothing.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n old address(es) were not asked for in this run; the next ones begin with them.</source>
            <translation>
                <numerusform>%n old address was not asked for in this run; the next one begins with it.</numerusform>
                <numerusform>%n old addresses were not asked for in this run; the next ones begin with them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RedirectRows</name>
        <message numerus="yes">
            <source>status %1, %n step(s)</source>
            <translation>
                <numerusform>status %1, %n step</numerusform>
                <numerusform>status %1, %n steps</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RefreshToken</name>
        <message numerus="yes">
            <source>The refresh token of %1 lives for %n day(s). Wanted: 90 at most.</source>
            <translation>
                <numerusform>The refresh token of %1 lives for %n day. Wanted: 90 at most.</numerusform>
                <numerusform>The refresh token of %1 lives for %n days. Wanted: 90 at most.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Registration</name>
        <message numerus="yes">
            <source>The registration of %1 ends on %2, in %n day(s).</source>
            <translation>
                <numerusform>The registration of %1 ends on %2, in %n day.</numerusform>
                <numerusform>The registration of %1 ends on %2, in %n days.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RegressionSuite</name>
        <message numerus="yes">
            <source>%n agreed case(s) hold. There is %1.</source>
            <translation>
                <numerusform>%n agreed case holds. There is %1.</numerusform>
                <numerusform>%n agreed cases hold. There is %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RequestBudget</name>
        <message numerus="yes">
            <source>The run may send %n request(s) in all, and they are used up.</source>
            <translation>
                <numerusform>The run may send %n request in all, and it is used up.</numerusform>
                <numerusform>The run may send %n requests in all, and they are used up.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RequestForecast</name>
        <message numerus="yes">
            <source>%n more</source>
            <comment>after the names of checks</comment>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>A run then takes up to %n minute(s).</source>
            <translation>
                <numerusform>A run then takes up to %n minute.</numerusform>
                <numerusform>A run then takes up to %n minutes.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Of that, up to %n minute(s) may pass with waiting: until a limit ends, or for a slow answer.</source>
            <translation>
                <numerusform>Of that, up to %n minute may pass with waiting: until a limit ends, or for a slow answer.</numerusform>
                <numerusform>Of that, up to %n minutes may pass with waiting: until a limit ends, or for a slow answer.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RequestIds</name>
        <message numerus="yes">
            <source>%n line(s) of a web server's log read</source>
            <translation>
                <numerusform>%n line of a web server's log read</numerusform>
                <numerusform>%n lines of a web server's log read</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RequestProof</name>
        <message numerus="yes">
            <source>%n character(s), left out</source>
            <translation>
                <numerusform>%n character, left out</numerusform>
                <numerusform>%n characters, left out</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Resolution</name>
        <message numerus="yes">
            <source>%1 leads through %n aliases; some resolvers give up.</source>
            <translation>
                <numerusform>%1 leads through %n alias; some resolvers give up.</numerusform>
                <numerusform>%1 leads through %n aliases; some resolvers give up.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ResultRows</name>
        <message numerus="yes">
            <source>%1 And %n other address(es).</source>
            <translation>
                <numerusform>%1 And %n other address.</numerusform>
                <numerusform>%1 And %n other addresses.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RoleFindings</name>
        <message numerus="yes">
            <source>The same for %n more account(s).</source>
            <translation>
                <numerusform>The same for %n more account.</numerusform>
                <numerusform>The same for %n more accounts.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Roles</name>
        <message numerus="yes">
            <source>%n cell(s) were not asked for lack of requests or of a session: the table says which. The most important ones went first.</source>
            <translation>
                <numerusform>%n cell was not asked for lack of requests or of a session: the table says which. The most important ones went first.</numerusform>
                <numerusform>%n cells were not asked for lack of requests or of a session: the table says which. The most important ones went first.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n cell(s) gave an answer that does not tell.</source>
            <translation>
                <numerusform>%n cell gave an answer that does not tell.</numerusform>
                <numerusform>%n cells gave an answer that does not tell.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n cell(s) of the table are as the rules say</source>
            <translation>
                <numerusform>%n cell of the table is as the rules say</numerusform>
                <numerusform>%n cells of the table are as the rules say</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>, %n differ(s)</source>
            <translation>
                <numerusform>, %n differ</numerusform>
                <numerusform>, %n differs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>; not tried: %n that would change something, or need an id or an input that is not known</source>
            <translation>
                <numerusform>; not tried: %n that would change something, or need an id or an input that is not known</numerusform>
                <numerusform>; not tried: %n that would change something, or need an id or an input that is not known</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RouteSeries</name>
        <message numerus="yes">
            <source>For %n more door(s) this run had no requests left, so that their limits were not measured: %1. Allow more requests, or check this alone.</source>
            <translation>
                <numerusform>For %n more door this run had no requests left, so that their limits were not measured: %1. Allow more requests, or check this alone.</numerusform>
                <numerusform>For %n more doors this run had no requests left, so that their limits were not measured: %1. Allow more requests, or check this alone.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <comment>doors</comment>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RoutesListed</name>
        <message numerus="yes">
            <source>… and %n more</source>
            <translation>
                <numerusform>… and %n more</numerusform>
                <numerusform>… and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The look met %n address(es), private by name or taking input, that your list of routes does not have, for example %1.</source>
            <translation>
                <numerusform>The look met %n address, private by name or taking input, that your list of routes does not have, for example %1.</numerusform>
                <numerusform>The look met %n addresses, private by name or taking input, that your list of routes does not have, for example %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Your list has %n route(s) with a guess from the name, for example %1.</source>
            <translation>
                <numerusform>Your list has %n route with a guess from the name, for example %1.</numerusform>
                <numerusform>Your list has %n routes with a guess from the name, for example %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n route(s): %1 open, %2 for signed-in users, %3 for administrators</source>
            <translation>
                <numerusform>%n route: %1 open, %2 for signed-in users, %3 for administrators</numerusform>
                <numerusform>%n routes: %1 open, %2 for signed-in users, %3 for administrators</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n address(es) showed no page to read, so routes may be missing here. Check again when they answer.</source>
            <translation>
                <numerusform>%n address showed no page to read, so routes may be missing here. Check again when it answers.</numerusform>
                <numerusform>%n addresses showed no page to read, so routes may be missing here. Check again when they answer.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SecretSightings</name>
        <message numerus="yes">
            <source>%1, and %n more place(s)</source>
            <translation>
                <numerusform>%1, and %n more place</numerusform>
                <numerusform>%1, and %n more places</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SecretsInventoryCheck</name>
        <message numerus="yes">
            <source>%1 of %n secret(s) have an owner, a scope, a place and a rotation status</source>
            <translation>
                <numerusform>%1 of %n secret has an owner, a scope, a place and a rotation status</numerusform>
                <numerusform>%1 of %n secrets have an owner, a scope, a place and a rotation status</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SecretsKeeping</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SecretsReport</name>
        <message numerus="yes">
            <source>    … and in %n more place(s)
</source>
            <translation>
                <numerusform>    … and in %n more place
</numerusform>
                <numerusform>    … and in %n more places
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n key(s) made for browsers: expected, and no finding.
</source>
            <translation>
                <numerusform>%n key made for browsers: expected, and no finding.
</numerusform>
                <numerusform>%n keys made for browsers: expected, and no finding.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n secret(s) allowed by a remark on their line.
</source>
            <translation>
                <numerusform>%n secret allowed by a remark on its line.
</numerusform>
                <numerusform>%n secrets allowed by a remark on their line.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n secret(s) accepted in the baseline.
</source>
            <translation>
                <numerusform>%n secret accepted in the baseline.
</numerusform>
                <numerusform>%n secrets accepted in the baseline.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) or folder(s) could not be read.
</source>
            <translation>
                <numerusform>%n file or folder could not be read.
</numerusform>
                <numerusform>%n files or folders could not be read.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) have more secrets than are listed.
</source>
            <translation>
                <numerusform>%n file has more secrets than are listed.
</numerusform>
                <numerusform>%n files have more secrets than are listed.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n secret(s) found.</source>
            <translation>
                <numerusform>%n secret found.</numerusform>
                <numerusform>%n secrets found.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Looked at %n file(s)</source>
            <translation>
                <numerusform>Looked at %n file</numerusform>
                <numerusform>Looked at %n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n version(s) of files that git has</source>
            <translation>
                <numerusform>%n version of files that git has</numerusform>
                <numerusform>%n versions of files that git has</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n commit(s)</source>
            <translation>
                <numerusform>%n commit</numerusform>
                <numerusform>%n commits</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>… and %n more: --verbose lists them.
</source>
            <translation>
                <numerusform>… and %n more: --verbose lists them.
</numerusform>
                <numerusform>… and %n more: --verbose lists them.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n link(s) were not followed.</source>
            <translation>
                <numerusform>%n link was not followed.</numerusform>
                <numerusform>%n links were not followed.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Not opened: %n pipe(s), device(s) or folder(s) of the system.</source>
            <translation>
                <numerusform>Not opened: %n pipe, device or folder of the system.</numerusform>
                <numerusform>Not opened: %n pipes, devices or folders of the system.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n line(s) have a remark that counts for nothing: launch-cockpit:allow needs a reason, and it has to stand in a comment behind the value.
</source>
            <translation>
                <numerusform>%n line has a remark that counts for nothing: launch-cockpit:allow needs a reason, and it has to stand in a comment behind the value.
</numerusform>
                <numerusform>%n lines have a remark that counts for nothing: launch-cockpit:allow needs a reason, and it has to stand in a comment behind the value.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n remark(s) gitleaks:allow of the change give no reason, and excuse nothing in it: write launch-cockpit:allow REASON.
</source>
            <translation>
                <numerusform>%n remark gitleaks:allow of the change gives no reason, and excuses nothing in it: write launch-cockpit:allow REASON.
</numerusform>
                <numerusform>%n remarks gitleaks:allow of the change give no reason, and excuse nothing in it: write launch-cockpit:allow REASON.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) were not wholly searched: pictures and their like, and what is compressed or encrypted.</source>
            <translation>
                <numerusform>%n file was not wholly searched: pictures and their like, and what is compressed or encrypted.</numerusform>
                <numerusform>%n files were not wholly searched: pictures and their like, and what is compressed or encrypted.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SecretsRotation</name>
        <message numerus="yes">
            <source>%n exposed secret(s) are not shown dead: %1. Wanted: a new one in use, and the old one tried and refused.</source>
            <translation>
                <numerusform>%n exposed secret is not shown dead: %1. Wanted: a new one in use, and the old one tried and refused.</numerusform>
                <numerusform>%n exposed secrets are not shown dead: %1. Wanted: a new one in use, and the old one tried and refused.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Nobody has said of %n secret(s) whether they are exposed: %1. Say it on the page "Secrets".</source>
            <translation>
                <numerusform>Nobody has said of %n secret whether it is exposed: %1. Say it on the page "Secrets".</numerusform>
                <numerusform>Nobody has said of %n secrets whether they are exposed: %1. Say it on the page "Secrets".</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n exposed secret(s) shown dead</source>
            <translation>
                <numerusform>%1 of %n exposed secret shown dead</numerusform>
                <numerusform>%1 of %n exposed secrets shown dead</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SecurityTxt</name>
        <message numerus="yes">
            <source>It has %n line(s) "Expires:". Wanted: exactly one.</source>
            <translation>
                <numerusform>It has %n line "Expires:". Wanted: exactly one.</numerusform>
                <numerusform>It has %n lines "Expires:". Wanted: exactly one.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SessionExpiry</name>
        <message numerus="yes">
            <source>The token of %1 lives for %n hour(s). Wanted: 24 at most, better 1, with a refresh token beside it.</source>
            <translation>
                <numerusform>The token of %1 lives for %n hour. Wanted: 24 at most, better 1, with a refresh token beside it.</numerusform>
                <numerusform>The token of %1 lives for %n hours. Wanted: 24 at most, better 1, with a refresh token beside it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The cookie %1, which holds the session, is kept for %n day(s). Wanted: 30 at most.</source>
            <translation>
                <numerusform>The cookie %1, which holds the session, is kept for %n day. Wanted: 30 at most.</numerusform>
                <numerusform>The cookie %1, which holds the session, is kept for %n days. Wanted: 30 at most.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The pasted session of %1 was first used %n day(s) ago, and still works. Wanted: an end after 30 days at the latest, and after some hours without use.</source>
            <translation>
                <numerusform>The pasted session of %1 was first used %n day ago, and still works. Wanted: an end after 30 days at the latest, and after some hours without use.</numerusform>
                <numerusform>The pasted session of %1 was first used %n days ago, and still works. Wanted: an end after 30 days at the latest, and after some hours without use.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The pasted session of %1 was left alone for %n hour(s) by this program, and works as before. If nobody used it elsewhere meanwhile, it does not end without use. Wanted: an end after some hours.</source>
            <translation>
                <numerusform>The pasted session of %1 was left alone for %n hour by this program, and works as before. If nobody used it elsewhere meanwhile, it does not end without use. Wanted: an end after some hours.</numerusform>
                <numerusform>The pasted session of %1 was left alone for %n hours by this program, and works as before. If nobody used it elsewhere meanwhile, it does not end without use. Wanted: an end after some hours.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The pasted session of %1 still works after %n hour(s) without a look.</source>
            <translation>
                <numerusform>The pasted session of %1 still works after %n hour without a look.</numerusform>
                <numerusform>The pasted session of %1 still works after %n hours without a look.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The pasted session of %1 has ended within %n hour(s) since it last worked.</source>
            <translation>
                <numerusform>The pasted session of %1 has ended within %n hour since it last worked.</numerusform>
                <numerusform>The pasted session of %1 has ended within %n hours since it last worked.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SourceMaps</name>
        <message numerus="yes">
            <source>%n source map(s) can be downloaded, for example %1. They hold the names, comments and files of the original code.</source>
            <translation>
                <numerusform>%n source map can be downloaded, for example %1. They hold the names, comments and files of the original code.</numerusform>
                <numerusform>%n source maps can be downloaded, for example %1. They hold the names, comments and files of the original code.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n script(s), none with its source</source>
            <translation>
                <numerusform>%n script, none with its source</numerusform>
                <numerusform>%n scripts, none with its source</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n source map(s) can be downloaded</source>
            <translation>
                <numerusform>%n source map can be downloaded</numerusform>
                <numerusform>%n source maps can be downloaded</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) of code could not be read to the end: no answer, or too long for us. What is in them is not known.</source>
            <translation>
                <numerusform>%n file of code could not be read to the end: no answer, or too long for us. What is in it is not known.</numerusform>
                <numerusform>%n files of code could not be read to the end: no answer, or too long for us. What is in them is not known.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SpfDraft</name>
        <message numerus="yes">
            <source>There are %n record(s), and at least one redirects to another domain. Decide which one is right, delete the others, and look again.</source>
            <translation>
                <numerusform>There are %n record, and at least one redirects to another domain. Decide which one is right, delete the others, and look again.</numerusform>
                <numerusform>There are %n records, and at least one redirects to another domain. Decide which one is right, delete the others, and look again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n record(s) become one: receivers use none when there are several. Delete the others.</source>
            <translation>
                <numerusform>%n record become one: receivers use none when there are several. Delete the others.</numerusform>
                <numerusform>%n records become one: receivers use none when there are several. Delete the others.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SpfFindings</name>
        <message numerus="yes">
            <source>%1 has %n SPF record(s). Receivers accept exactly one and ignore all of them otherwise.</source>
            <translation>
                <numerusform>%1 has %n SPF record. Receivers accept exactly one and ignore all of them otherwise.</numerusform>
                <numerusform>%1 has %n SPF records. Receivers accept exactly one and ignore all of them otherwise.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n part(s) of the SPF record of %1 lead nowhere (%2). Large receivers give up after 2.</source>
            <translation>
                <numerusform>%n part of the SPF record of %1 leads nowhere (%2). Large receivers give up after 2.</numerusform>
                <numerusform>%n parts of the SPF record of %1 lead nowhere (%2). Large receivers give up after 2.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SummaryCards</name>
        <message numerus="yes">
            <source>%n down</source>
            <translation>
                <numerusform>%n down</numerusform>
                <numerusform>%n down</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>needs %n answer(s)</source>
            <translation>
                <numerusform>needs %n answer</numerusform>
                <numerusform>needs %n answers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SurfaceMatrix</name>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, %n not looked at</source>
            <translation>
                <numerusform>%1, %n not looked at</numerusform>
                <numerusform>%1, %n not looked at</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TenantIsolation</name>
        <message numerus="yes">
            <source>%n text(s) that only %1 has</source>
            <comment>what an answer holds</comment>
            <translation>
                <numerusform>%n text that only %1 has</numerusform>
                <numerusform>%n texts that only %1 has</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1: only %n answer(s) told that the record is kept back.</source>
            <translation>
                <numerusform>%1: only %n answer told that the record is kept back.</numerusform>
                <numerusform>%1: only %n answers told that the record is kept back.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) as another customer and as a stranger for the records of %1</source>
            <translation>
                <numerusform>%n request as another customer and as a stranger for the records of %1</numerusform>
                <numerusform>%n requests as another customer and as a stranger for the records of %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, opened by %2, sent %n text(s) that only %3 has. Wanted: a refusal, or a connection without them.</source>
            <translation>
                <numerusform>%1, opened by %2, sent %n text that only %3 has. Wanted: a refusal, or a connection without them.</numerusform>
                <numerusform>%1, opened by %2, sent %n texts that only %3 has. Wanted: a refusal, or a connection without them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>On %1, %2 said what %3 says to be told of changes, and was sent %n text(s) that only %3 has. Wanted: a refusal, or silence.</source>
            <translation>
                <numerusform>On %1, %2 said what %3 says to be told of changes, and was sent %n text that only %3 has. Wanted: a refusal, or silence.</numerusform>
                <numerusform>On %1, %2 said what %3 says to be told of changes, and was sent %n texts that only %3 has. Wanted: a refusal, or silence.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Not said on %1: %n message(s) of a page. What may change something, or is not understood, stays unsaid.</source>
            <translation>
                <numerusform>Not said on %1: %n message of a page. What may change something, or is not understood, stays unsaid.</numerusform>
                <numerusform>Not said on %1: %n messages of a page. What may change something, or is not understood, stays unsaid.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) did not tell whether the record is kept back, at: %1.</source>
            <translation>
                <numerusform>%n answer did not tell whether the record is kept back, at: %1.</numerusform>
                <numerusform>%n answers did not tell whether the record is kept back, at: %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Timeouts</name>
        <message numerus="yes">
            <source>%n slow request(s) to %1, and reads of %2</source>
            <translation>
                <numerusform>%n slow request to %1, and reads of %2</numerusform>
                <numerusform>%n slow requests to %1, and reads of %2</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>While %n request(s) to %1 were sent letter by letter, %2 was not answered in time (%3 of %4 times). Before and after, it was.</source>
            <translation>
                <numerusform>While %n request to %1 were sent letter by letter, %2 was not answered in time (%3 of %4 times). Before and after, it was.</numerusform>
                <numerusform>While %n requests to %1 were sent letter by letter, %2 was not answered in time (%3 of %4 times). Before and after, it was.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>After %1 s the server still waited for %2. Others were served meanwhile, so that %n such request(s) did no harm; many of them might.</source>
            <translation>
                <numerusform>After %1 s the server still waited for %2. Others were served meanwhile, so that %n such request did no harm; many of them might.</numerusform>
                <numerusform>After %1 s the server still waited for %2. Others were served meanwhile, so that %n such requests did no harm; many of them might.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n slow request(s) to %1 while %2 was read</source>
            <translation>
                <numerusform>%n slow request to %1 while %2 was read</numerusform>
                <numerusform>%n slow requests to %1 while %2 was read</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TlsExpiry</name>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n hour</numerusform>
                <numerusform>%n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TokenPlaces</name>
        <message numerus="yes">
            <source>%n file(s) of code are so large that only their beginning was read.</source>
            <translation>
                <numerusform>%n file of code is so large that only its beginning was read.</numerusform>
                <numerusform>%n files of code are so large that only their beginning was read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TokenStorage</name>
        <message numerus="yes">
            <source>%1, line %2 writes a token into %3; %n place(s) do. The device's safe storage is wanted.</source>
            <translation>
                <numerusform>%1, line %2 writes a token into %3; %n place does. The device's safe storage is wanted.</numerusform>
                <numerusform>%1, line %2 writes a token into %3; %n places do. The device's safe storage is wanted.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, line %2 writes a token into %3; %n place(s) do. A cookie that scripts cannot read (HttpOnly) is safer.</source>
            <translation>
                <numerusform>%1, line %2 writes a token into %3; %n place does. A cookie that scripts cannot read (HttpOnly) is safer.</numerusform>
                <numerusform>%1, line %2 writes a token into %3; %n places do. A cookie that scripts cannot read (HttpOnly) is safer.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TreeWalk</name>
        <message numerus="yes">
            <source>%n file(s) of settings lead out of the folder by a link and were not looked at: %1.</source>
            <translation>
                <numerusform>%n file of settings leads out of the folder by a link and was not looked at: %1.</numerusform>
                <numerusform>%n files of settings lead out of the folder by a link and were not looked at: %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Unauthenticated</name>
        <message numerus="yes">
            <source>%n record(s) with the fields: %1. The values are left out.</source>
            <translation>
                <numerusform>%n record with the fields: %1. The values are left out.</numerusform>
                <numerusform>%n records with the fields: %1. The values are left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n private address(es) refuse strangers</source>
            <translation>
                <numerusform>%n private address refuses strangers</numerusform>
                <numerusform>%n private addresses refuse strangers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>, %n do not tell</source>
            <translation>
                <numerusform>, %n does not tell</numerusform>
                <numerusform>, %n do not tell</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n private address(es) gave an answer that does not tell. Check again when the server answers all of them.</source>
            <translation>
                <numerusform>%n private address gave an answer that does not tell. Check again when the server answers all of them.</numerusform>
                <numerusform>%n private addresses gave an answer that does not tell. Check again when the server answers all of them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n private address(es) answered "not found" (404), which does not tell whether strangers are refused. Name addresses of records that exist, like /invoices/17 for /invoices/{id}.</source>
            <translation>
                <numerusform>%n private address answered "not found" (404), which does not tell whether strangers are refused. Name addresses of records that exist, like /invoices/17 for /invoices/{id}.</numerusform>
                <numerusform>%n private addresses answered "not found" (404), which does not tell whether strangers are refused. Name addresses of records that exist, like /invoices/17 for /invoices/{id}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n because it would change something</source>
            <translation>
                <numerusform>%n because it would change something</numerusform>
                <numerusform>%n because it would change something</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n because no id of a real record is known for it</source>
            <translation>
                <numerusform>%n because no id of a real record is known for it</numerusform>
                <numerusform>%n because no id of a real record is known for it</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n because its address is not in your list of addresses</source>
            <translation>
                <numerusform>%n because its address is not in your list of addresses</numerusform>
                <numerusform>%n because its address is not in your list of addresses</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n because there are too many</source>
            <translation>
                <numerusform>%n because there are too many</numerusform>
                <numerusform>%n because there are too many</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n byte(s) of %1. What stands in them is left out.</source>
            <translation>
                <numerusform>%n byte of %1. What stands in it is left out.</numerusform>
                <numerusform>%n bytes of %1. What stands in them is left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n byte(s) of %1 with the fields: %2. The values are left out.</source>
            <translation>
                <numerusform>%n byte of %1 with the fields: %2. The values are left out.</numerusform>
                <numerusform>%n bytes of %1 with the fields: %2. The values are left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n private address(es) refuse strangers with the status 403, as every address there does, also one that does not exist. Sign in and look whether they are there.</source>
            <translation>
                <numerusform>%n private address refuses strangers with the status 403, as every address there does, also one that does not exist. Sign in and look whether it is there.</numerusform>
                <numerusform>%n private addresses refuse strangers with the status 403, as every address there does, also one that does not exist. Sign in and look whether they are there.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UndoJournal</name>
        <message numerus="yes">
            <source>A run on %1 could not take away all that it made; %n thing(s) may still be in your product:</source>
            <translation>
                <numerusform>A run on %1 could not take away all that it made; %n thing may still be in your product:</numerusform>
                <numerusform>A run on %1 could not take away all that it made; %n things may still be in your product:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>A run on %1 was cut off; %n thing(s) that it made may still be in your product:</source>
            <translation>
                <numerusform>A run on %1 was cut off; %n thing that it made may still be in your product:</numerusform>
                <numerusform>A run on %1 was cut off; %n things that it made may still be in your product:</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UndoList</name>
        <message numerus="yes">
            <source>%n test record(s) could not be removed from your product. Remove by hand what has LC-CANARY in it.</source>
            <translation>
                <numerusform>%n test record could not be removed from your product. Remove by hand what has LC-CANARY in it.</numerusform>
                <numerusform>%n test records could not be removed from your product. Remove by hand what has LC-CANARY in it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n test record(s) could not be seen to be gone from your product. Look for LC-CANARY in it, and remove by hand what has it.</source>
            <translation>
                <numerusform>%n test record could not be seen to be gone from your product. Look for LC-CANARY in it, and remove by hand what has it.</numerusform>
                <numerusform>%n test records could not be seen to be gone from your product. Look for LC-CANARY in it, and remove by hand what has it.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Upload</name>
        <message numerus="yes">
            <source>%n bad file(s) sent</source>
            <translation>
                <numerusform>%n bad file sent</numerusform>
                <numerusform>%n bad files sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UptimeMonitor</name>
        <message numerus="yes">
            <source>Nothing was observed in the last %n hour(s): this computer was off or offline.</source>
            <translation>
                <numerusform>Nothing was observed in the last %n hour: this computer was off or offline.</numerusform>
                <numerusform>Nothing was observed in the last %n hours: this computer was off or offline.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n address(es) watched over the last day</source>
            <translation>
                <numerusform>%n address watched over the last day</numerusform>
                <numerusform>%n addresses watched over the last day</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message numerus="yes">
            <source>%n line(s) of the minimum bar are not proven yet.</source>
            <translation>
                <numerusform>%n line of the minimum bar is not proven yet.</numerusform>
                <numerusform>%n lines of the minimum bar are not proven yet.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>VersionLeak</name>
        <message numerus="yes">
            <source>%n version(s) given away</source>
            <translation>
                <numerusform>%n version given away</numerusform>
                <numerusform>%n versions given away</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>WebhookSignature</name>
        <message numerus="yes">
            <source>%n webhook(s) asked without a good signature</source>
            <translation>
                <numerusform>%n webhook asked without a good signature</numerusform>
                <numerusform>%n webhooks asked without a good signature</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::AddressesPage</name>
        <message numerus="yes">
            <source>%n route(s) added.</source>
            <translation>
                <numerusform>%n route added.</numerusform>
                <numerusform>%n routes added.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n name(s) added. The next run looks at them, too.</source>
            <translation>
                <numerusform>%n name added. The next run looks at it, too.</numerusform>
                <numerusform>%n names added. The next run looks at them, too.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>… and %n more line(s).</source>
            <translation>
                <numerusform>… and %n more line.</numerusform>
                <numerusform>… and %n more lines.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n route(s) of other companies were left out, for example of %1.</source>
            <translation>
                <numerusform>%n route of another company was left out, of %1.</numerusform>
                <numerusform>%n routes of other companies were left out, for example of %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::CertificateModel</name>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::ConsentStep</name>
        <message numerus="yes">
            <source>%n check(s) that need this</source>
            <translation>
                <numerusform>%n check that needs this</numerusform>
                <numerusform>%n checks that need this</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::DraftCard</name>
        <message numerus="yes">
            <source>%n part(s) lead nowhere; large receivers give up after %1.</source>
            <translation>
                <numerusform>%n part leads nowhere; large receivers give up after %1.</numerusform>
                <numerusform>%n parts lead nowhere; large receivers give up after %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::EndpointModel</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>%n day left</numerusform>
                <numerusform>%n days left</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::EnvironmentsCard</name>
        <message numerus="yes">
            <source>%1 of %n shown</source>
            <translation>
                <numerusform>%1 of %n shown</numerusform>
                <numerusform>%1 of %n shown</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::LeftDialog</name>
        <message numerus="yes">
            <source>%n record(s) could not be removed; the reason stands below each.</source>
            <translation>
                <numerusform>%n record could not be removed; the reason stands below each.</numerusform>
                <numerusform>%n records could not be removed; the reason stands below each.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) that earlier runs made may still be in your product.</source>
            <translation>
                <numerusform>%n thing that earlier runs made may still be in your product.</numerusform>
                <numerusform>%n things that earlier runs made may still be in your product.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Stopped. %n record(s) were not removed; the reason stands below each.</source>
            <translation>
                <numerusform>Stopped. %n record were not removed; the reason stands below each.</numerusform>
                <numerusform>Stopped. %n records were not removed; the reason stands below each.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::MatrixCard</name>
        <message numerus="yes">
            <source>%n combination(s) tested</source>
            <translation>
                <numerusform>%n combination tested</numerusform>
                <numerusform>%n combinations tested</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n do not match your rules</source>
            <translation>
                <numerusform>%n does not match your rules</numerusform>
                <numerusform>%n do not match your rules</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n rule(s) are guesses: confirm or change them</source>
            <translation>
                <numerusform>%n rule is a guess: confirm or change it</numerusform>
                <numerusform>%n rules are guesses: confirm or change them</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more route(s) on hosts that are not in this project: kept with their rules, not asked.</source>
            <translation>
                <numerusform>%n more route on hosts that are not in this project: kept with their rules, not asked.</numerusform>
                <numerusform>%n more routes on hosts that are not in this project: kept with their rules, not asked.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::MonitorDialog</name>
        <message numerus="yes">
            <source>Every %n minute(s)</source>
            <translation>
                <numerusform>Every %n minute</numerusform>
                <numerusform>Every %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Every %n hour(s)</source>
            <translation>
                <numerusform>Every %n hour</numerusform>
                <numerusform>Every %n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Every %n second(s)</source>
            <translation>
                <numerusform>Every %n second</numerusform>
                <numerusform>Every %n seconds</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::PasteDialog</name>
        <message numerus="yes">
            <source>%n thing(s) found in it that should not stand there.</source>
            <translation>
                <numerusform>%n thing found in it that should not stand there.</numerusform>
                <numerusform>%n things found in it that should not stand there.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::PlanModel</name>
        <message numerus="yes">
            <source>%n fix(es)</source>
            <translation>
                <numerusform>%n fix</numerusform>
                <numerusform>%n fixes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::PresentView</name>
        <message numerus="yes">
            <source>%1 · %n check(s) looked at</source>
            <translation>
                <numerusform>%1 · %n check looked at</numerusform>
                <numerusform>%1 · %n checks looked at</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) could hurt you on day one.</source>
            <translation>
                <numerusform>%n thing could hurt you on day one.</numerusform>
                <numerusform>%n things could hurt you on day one.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) to know about.</source>
            <translation>
                <numerusform>%n thing to know about.</numerusform>
                <numerusform>%n things to know about.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n check(s) passed</source>
            <translation>
                <numerusform>%n check passed</numerusform>
                <numerusform>%n checks passed</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::Rail</name>
        <message numerus="yes">
            <source>all %n hold</source>
            <translation>
                <numerusform>the one line holds</numerusform>
                <numerusform>all %n hold</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n open</numerusform>
                <numerusform>%n open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n fix(es) · %1</source>
            <translation>
                <numerusform>%n fix · %1</numerusform>
                <numerusform>%n fixes · %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>watching %n address(es)</source>
            <translation>
                <numerusform>watching %n address</numerusform>
                <numerusform>watching %n addresses</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>what strangers see of %n address(es)</source>
            <translation>
                <numerusform>what strangers see of %n address</numerusform>
                <numerusform>what strangers see of %n addresses</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n exposed</source>
            <translation>
                <numerusform>%n exposed</numerusform>
                <numerusform>%n exposed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n written down</source>
            <translation>
                <numerusform>%n written down</numerusform>
                <numerusform>%n written down</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::RecentModel</name>
        <message numerus="yes">
            <source>No-go · %n blocker(s) · %1</source>
            <translation>
                <numerusform>No-go · %n blocker · %1</numerusform>
                <numerusform>No-go · %n blockers · %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::RedirectsPage</name>
        <message numerus="yes">
            <source>… and %n more line(s).</source>
            <translation>
                <numerusform>… and %n more line.</numerusform>
                <numerusform>… and %n more lines.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n address(es), not looked at yet.</source>
            <translation>
                <numerusform>%n address, not looked at yet.</numerusform>
                <numerusform>%n addresses, not looked at yet.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n address(es) lead where they should.</source>
            <translation>
                <numerusform>%1 of %n address leads where it should.</numerusform>
                <numerusform>%1 of %n addresses lead where they should.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 and %n more.</source>
            <translation>
                <numerusform>%1 and %n more.</numerusform>
                <numerusform>%1 and %n more.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n old address(es) added. The next runs open them.</source>
            <translation>
                <numerusform>%n old address added. The next run opens it.</numerusform>
                <numerusform>%n old addresses added. The next runs open them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::RequestLogDialog</name>
        <message numerus="yes">
            <source>%n request(s), newest first.</source>
            <translation>
                <numerusform>%n request, newest first.</numerusform>
                <numerusform>%n requests, newest first.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::RiskModel</name>
        <message numerus="yes">
            <source>%1 (at %n place(s))</source>
            <translation>
                <numerusform>%1 (at %n place)</numerusform>
                <numerusform>%1 (at %n places)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::RisksPage</name>
        <message numerus="yes">
            <source>All %n place(s) together. For one of them alone, show the places and choose it. What is shown below is of %1.</source>
            <translation>
                <numerusform>All %n place together. For one of them alone, show the places and choose it. What is shown below is of %1.</numerusform>
                <numerusform>All %n places together. For one of them alone, show the places and choose it. What is shown below is of %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n fault(s)</source>
            <translation>
                <numerusform>%n fault</numerusform>
                <numerusform>%n faults</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n place(s)</source>
            <translation>
                <numerusform>%n place</numerusform>
                <numerusform>%n places</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::RoutesCard</name>
        <message numerus="yes">
            <source>%n route(s) were found that are not in the list</source>
            <translation>
                <numerusform>%n route was found that is not in the list</numerusform>
                <numerusform>%n routes were found that are not in the list</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::SecretDialog</name>
        <message numerus="yes">
            <source>Every %n day(s)</source>
            <translation>
                <numerusform>Every %n day</numerusform>
                <numerusform>Every %n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::SecretsCard</name>
        <message numerus="yes">
            <source>%1 of %n shown</source>
            <translation>
                <numerusform>%1 of %n shown</numerusform>
                <numerusform>%1 of %n shown</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::SecretsPage</name>
        <message numerus="yes">
            <source>%n exposed</source>
            <translation>
                <numerusform>%n exposed</numerusform>
                <numerusform>%n exposed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n overdue</source>
            <translation>
                <numerusform>%n overdue</numerusform>
                <numerusform>%n overdue</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not complete</source>
            <translation>
                <numerusform>%n not complete</numerusform>
                <numerusform>%n not complete</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n secret(s)</source>
            <translation>
                <numerusform>%n secret</numerusform>
                <numerusform>%n secrets</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n secret(s) that you had written down turned out to be exposed.</source>
            <translation>
                <numerusform>%n secret that you had written down turned out to be exposed.</numerusform>
                <numerusform>%n secrets that you had written down turned out to be exposed.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The inventory is full: %n secret(s) were left out.</source>
            <translation>
                <numerusform>The inventory is full: %n secret was left out.</numerusform>
                <numerusform>The inventory is full: %n secrets were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n secret(s) added by their names.</source>
            <translation>
                <numerusform>%n secret added by its name.</numerusform>
                <numerusform>%n secrets added by their names.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::SectionModel</name>
        <message numerus="yes">
            <source>%n answer(s) missing</source>
            <translation>
                <numerusform>%n answer missing</numerusform>
                <numerusform>%n answers missing</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>cockpit::TopBar</name>
        <message numerus="yes">
            <source>No-go · %n blocker(s)</source>
            <translation>
                <numerusform>No-go · %n blocker</numerusform>
                <numerusform>No-go · %n blockers</numerusform>
            </translation>
        </message>
    </context>
</TS>
