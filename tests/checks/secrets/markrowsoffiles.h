// Lines with a remark, in one language after the other: of shells, settings and pages.
#pragma once

#include "tests/checks/secrets/markrows.h"

#include <vector>

namespace cockpit::test {

inline std::vector<MarkRow> rowsOfShells()
{
    return {
        {"a comment", "a.sh", "K=KEY # MARK\n", "counts"},
        {"a text", "a.sh", "echo 'KEY # MARK'\n", "text"},
        {"a text over lines", "a.sh", "echo '\nKEY # MARK\n'\n", "text"},
        {"a here-document", "a.sh", "cat <<EOF\nKEY # MARK\nEOF\n", "text"},
        {"behind a here-document", "a.sh", "cat <<-'EOF'\nit's\n\tEOF\nK=KEY # MARK\n", "counts"},
        {"its word with hyphens", "a.sh", "cat <<'END-OF-FILE'\nEND\nKEY # MARK\nEND-OF-FILE\n", "text"},
        {"behind a word with hyphens", "a.sh", "cat <<END-OF-FILE\nit's\nEND-OF-FILE\nK=KEY # MARK\n", "counts"},
        {"its word with hyphens and no quotes", "a.sh", "cat <<END-OF-FILE\nEND\nKEY # MARK\nEND-OF-FILE\n", "text"},
        {"its word with a blank", "a.sh", "cat <<\"A B\"\nA\nKEY # MARK\nA B\n", "text"},
        {"behind a word with a blank", "a.sh", "cat <<\"A B\" >x\nit's\nA B\nK=KEY # MARK\n", "counts"},
        {"its word with a digit first", "a.sh", "cat <<'1'\nKEY # MARK\n1\n", "text"},
        {"its word of a sign", "a.sh", "cat <<!\nKEY # MARK\n!\n", "text"},
        {"an empty word", "a.sh", "cat <<''\nKEY # MARK\n\n", "text"},
        {"behind an empty word", "a.sh", "cat <<''\nit's\n\nK=KEY # MARK\n", "counts"},
        {"its word behind a backslash", "a.sh", "cat <<\\END-OF\nEND\nKEY # MARK\nEND-OF\n", "text"},
        {"its word in two parts", "a.sh", "cat <<'END'-OF\nEND\nKEY # MARK\nEND-OF\n", "undecided"},
        {"its word in other parts", "a.sh", "cat <<END'-OF'\nEND\nKEY # MARK\nEND-OF\n", "undecided"},
        {"its word over lines", "a.sh", "cat <<'A\nB'\nA\nKEY # MARK\n", "undecided"},
        {"an escape in its word", "a.sh", "cat <<\"A\\\"B\"\nA\nKEY # MARK\nA\"B\n", "undecided"},
        {"in a command", "a.sh", "x=$(cat <<EOF)\nit's\nEOF\nK=KEY # MARK\n", "counts"},
        {"a shift by a value", "a.sh", "x=$((1<<$n))\nK=KEY # MARK\n", "counts"},
        {"a shift that is assigned", "a.sh", "((x<<=1))\nK=KEY # MARK\n", "counts"},
        {"a part of a word", "a.sh", "echo KEY x#MARK\n", "code"},
        {"by its first line", "run", "#!/usr/bin/env bash\ncat <<EOF\nKEY # MARK\nEOF\n", "text"},
        {"by its first line, a comment", "run", "#!/bin/sh\nK=KEY # MARK\n", "counts"},
        {"a comment", "a.ps1", "$k = 'KEY' # MARK\n", "counts"},
        {"a comment in signs", "a.ps1", "$k = 'KEY' <# MARK #>\n", "counts"},
        {"a here-text", "a.ps1", "$k = @\"\r\nKEY # MARK\r\n\"@\r\n", "text"},
        {"behind a here-text", "a.ps1", "$x = @'\r\nit's\r\n'@\r\n$k = 'KEY' # MARK\r\n", "counts"},
        {"an escaped quote", "a.ps1", "$k = \"KEY `\" # MARK\"\n", "text"},
        {"a comment", "a.bat", "REM set K=KEY MARK\r\n", "counts"},
        {"a comment of two colons", "a.cmd", ":: set K=KEY MARK\r\n", "counts"},
        {"a comment behind a command", "a.bat", "set K=KEY & rem MARK\r\n", "counts"},
        {"an echo", "a.bat", "echo KEY rem MARK\r\n", "code"},
        {"a hash", "a.bat", "set K=KEY # MARK\r\n", "code"},
        {"a comment", "Dockerfile", "# ENV K=KEY MARK\n", "counts"},
        {"no comment behind a setting", "Dockerfile", "ENV K=KEY # MARK\n", "code"},
        {"a comment of its shell", "Dockerfile", "RUN curl -u KEY # MARK\n", "counts"},
        {"a comment", "Makefile", "K = KEY # MARK\n", "counts"},
    };
}

inline std::vector<MarkRow> rowsOfSettings()
{
    return {
        {"a comment", ".env.production", "K=KEY # MARK\n", "counts"},
        {"behind an apostrophe", ".env", "NAME=O'Brien\nK=KEY # MARK\nX=O'Neil\n", "counts"},
        {"a text", ".env", "K=\"KEY # MARK\"\n", "text"},
        {"a text over lines", ".env", "K='\nKEY # MARK\n'\n", "text"},
        {"slashes", ".env", "K=KEY // MARK\n", "code"},
        {"a comment", "a.yml", "k: KEY # MARK\n", "counts"},
        {"behind an apostrophe", "a.yml", "note: don't\nk: KEY # MARK\nx: don't\n", "counts"},
        {"a text", "a.yaml", "k: 'KEY # MARK'\n", "text"},
        {"a tagged text", "a.yaml", "k: !Sub 'KEY # MARK'\n", "text"},
        {"a block", "a.yaml", "k: |\n  KEY # MARK\n", "text"},
        {"behind a block", "a.yaml", "k: >-\n  it's\nk: KEY # MARK\n", "counts"},
        {"a block in a list", "a.yaml", "- k: |\n    it's\n  l: KEY # MARK\n", "counts"},
        {"a block of a shell", "a.yml", "- run: |\n    curl -u KEY # MARK\n", "counts"},
        {"a text in a block of a shell", "a.yml", "script:\n  - |\n    echo 'KEY # MARK'\n", "text"},
        {"a comment", "a.toml", "k = \"KEY\" # MARK\n", "counts"},
        {"a text over lines", "a.toml", "k = '''\nKEY # MARK\n'''\n", "text"},
        {"a comment", "a.ini", "k = KEY ; MARK\n", "counts"},
        {"a comment of a line", "a.ini", "; k = KEY MARK\n", "counts"},
        {"a text", "a.ini", "k = \"KEY ; MARK\"\n", "text"},
        {"a comment of a line", "a.properties", "# k=KEY MARK\n", "counts"},
        {"a part of the value", "a.properties", "k=KEY # MARK\n", "code"},
        {"a comment", "nginx.conf", "set $k KEY; # MARK\n", "counts"},
        {"a comment of its readers", "a.json", "{\"k\": \"KEY\"} // MARK\n", "counts"},
        {"a text", "a.json", "{\"k\": \"KEY\", \"m\": \"// MARK\"}\n", "text"},
        {"a comment", "a.sql", "SET k = 'KEY'; -- MARK\n", "counts"},
        {"a comment of C", "a.sql", "SET k = 'KEY' /* MARK */;\n", "counts"},
        {"a text", "a.sql", "SET k = 'KEY -- MARK';\n", "text"},
        {"a text behind a keyword", "a.sql", "SET k = 'KEY' AND m LIKE'-- MARK';\n", "text"},
        {"a text between dollars", "a.sql", "SELECT $x$\nKEY -- MARK\n$x$;\n", "text"},
        {"a backslash that may escape", "a.sql", "SELECT '\\', 'KEY'; -- MARK\n", "undecided"},
        {"no blank behind the dashes", "a.sql", "SET k = 'KEY' --MARK\n", "code"},
        {"a comment", "main.tf", "k = \"KEY\" # MARK\n", "counts"},
        {"a comment of C", "main.tf", "k = \"KEY\" // MARK\n", "counts"},
        {"a here-document's word with hyphens", "main.tf", "k = <<-A-B\nA\nKEY # MARK\nA-B\n", "text"},
        {"a here-document", "main.tf", "k = <<EOT\nKEY # MARK\nEOT\n", "text"},
        {"a comment", "a.tex", "\\key{KEY} % MARK\n", "counts"},
        {"an escaped sign", "a.tex", "\\key{KEY} 5\\% MARK\n", "code"},
        {"as it is", "a.tex", "\\begin{verbatim}\nKEY % MARK\n\\end{verbatim}\n", "text"},
        {"as it is, in a line", "a.tex", "KEY \\verb|% MARK|\n", "undecided"},
    };
}

inline std::vector<MarkRow> rowsOfPages()
{
    return {
        {"a comment", "a.html", "<p>KEY</p> <!-- MARK -->\n", "counts"},
        {"an attribute", "a.html", "<p>KEY</p> <a title=\"<!-- MARK -->\">\n", "text"},
        {"a script", "a.html", "<script>\nk = 'KEY' // MARK\n</script>\n", "counts"},
        {"a text of a script", "a.html", "<script>k('KEY', '<!-- MARK -->')</script>\n", "text"},
        {"behind a script", "a.html", "<script>k('</script>KEY // MARK\n", "code"},
        {"a sign of a template in a plain page", "a.html", "<p>KEY {# MARK #}</p>\n", "code"},
        {"a comment of a template", "a.html", "{% if x %}<p>KEY {# MARK #}</p>{% endif %}\n", "counts"},
        {"a comment", "a.vue", "<template>\n<p>don't</p>\n</template>\n<script>\nk = 'KEY' // MARK\n</script>\n",
         "counts"},
        {"a style", "a.html", "<style>\n.a{b:'KEY'} /* MARK */\n</style>\n", "counts"},
        {"a comment", "a.blade.php", "<p>KEY {{-- MARK --}}</p>\n", "counts"},
        {"a value", "a.blade.php", "<p>KEY {{ '{{-- MARK --}}' }}</p>\n", "text"},
        {"a comment", "a.html.erb", "<p>KEY <%# MARK %></p>\n", "counts"},
        {"its code", "a.html.erb", "<p><%= f('KEY') # MARK %></p>\n", "counts"},
        {"a text of its code", "a.html.erb", "<p><%= f('KEY', '# MARK') %></p>\n", "text"},
        {"a comment", "a.ejs", "<p>KEY <%# MARK %></p>\n", "counts"},
        {"a comment", "a.cshtml", "<p>KEY @* MARK *@</p>\n", "counts"},
        {"a comment", "a.html.twig", "<p>KEY {# MARK #}</p>\n", "counts"},
        {"a text of its code", "a.twig", "<p>KEY {{ '{# MARK #}' }}</p>\n", "text"},
        {"a comment", "a.liquid", "KEY {% comment %} MARK {% endcomment %}\n", "counts"},
        {"a comment", "a.hbs", "<p>KEY {{!-- MARK --}}</p>\n", "counts"},
        {"a short comment", "a.hbs", "<p>KEY {{! MARK }}</p>\n", "counts"},
        {"a comment", "a.jsp", "<p>KEY <%-- MARK --%></p>\n", "counts"},
        {"a comment", "a.xml", "<k>KEY</k> <!-- MARK -->\n", "counts"},
        {"a text as it is", "a.xml", "<k><![CDATA[KEY <!-- MARK -->]]></k>\n", "text"},
        {"a comment", "a.md", "KEY <!-- MARK -->\n", "counts"},
        {"a sample", "a.md", "```\nKEY <!-- MARK -->\n```\n", "text"},
        {"a comment", "a.css", ".a{b:'KEY'} /* MARK */\n", "counts"},
        {"an address", "a.scss", ".a{b:'KEY';c:url(//MARK)}\n", "code"},
    };
}

} // namespace cockpit::test
