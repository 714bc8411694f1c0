package dev.gradus.teach.lessons;

import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.text.Html;
import java.util.List;

/// The list of lessons as a page without script.
final class IndexPage {
  private static final String STYLE = """
      :root { color-scheme: light dark; --paper: #fff; --ground: #f6f5f2; --ink: #1c1b19; --quiet: #5d5a54; --rule: #d9d5cc; --link: #1f5fa8 }
      @media (prefers-color-scheme: dark) {
        :root { --paper: #1d1e20; --ground: #141517; --ink: #eceae6; --quiet: #aaa69d; --rule: #3b3d41; --link: #7db6f5 }
      }
      * { box-sizing: border-box }
      body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif }
      main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem }
      h1 { font-size: 1.6rem; margin: 0 0 .4rem }
      main > p { margin: 0 0 1.5rem; color: var(--quiet); max-width: 60ch }
      ol { list-style: none; counter-reset: lesson; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--rule); border-radius: 8px }
      li { counter-increment: lesson; position: relative; padding: .7rem 1rem .7rem 3.2rem }
      li + li { border-top: 1px solid var(--rule) }
      li::before { content: counter(lesson); position: absolute; left: 0; width: 2.4rem; text-align: right; color: var(--quiet); font-variant-numeric: tabular-nums }
      a { color: var(--link); font-weight: 600; text-underline-offset: 2px }
      a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
      li p { margin: .1rem 0 0 }
      @media print { body { background: #fff } ol { border: 0 } }
      """;

  private IndexPage() {}

  static String html(List<Topic> topics, Sentences sentences) {
    StringBuilder items = new StringBuilder();
    for (Topic topic : topics) {
      items.append("<li><a href=\"").append(Html.escaped(topic.name())).append(".html\">").append(Html.escaped(topic.title(sentences)))
          .append("</a><p>").append(Html.escaped(topic.summary(sentences))).append("</p></li>\n");
    }
    String title = Html.escaped(sentences.say("lesson.index.title"));
    return """
        <!doctype html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        <main>
        <h1>%s</h1>
        <p>%s</p>
        <ol>
        %s</ol>
        </main>
        </body>
        </html>
        """.formatted(Html.escaped(sentences.language()), Html.hash(STYLE), title, STYLE, title, Html.escaped(sentences.say("lesson.index.text")), items);
  }
}
