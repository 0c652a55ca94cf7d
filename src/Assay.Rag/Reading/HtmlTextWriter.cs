using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;

namespace Assay.Rag.Reading;

/// <summary>
/// Writes the readable text of a page: one block after another with a blank line between them, white space as a browser shows it.
/// It walks without recursion, since a page may be nested as deeply as its author likes.
/// </summary>
internal sealed class HtmlTextWriter
{
    /// <summary>What frames a page, or is not for reading.</summary>
    private static readonly FrozenSet<string> Boilerplate = FrozenSet.Create(
        StringComparer.Ordinal,
        "script",
        "style",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "canvas",
        "select",
        "button",
        "textarea",
        "head"
    );

    /// <summary>Elements that a browser sets on lines of their own (HTML Living Standard, 15.3).</summary>
    private static readonly FrozenSet<string> Own = FrozenSet.Create(
        StringComparer.Ordinal,
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul"
    );

    private readonly StringBuilder _text = new();
    private readonly List<Block> _blocks = [];
    private readonly Stack<(BlockKind Kind, int Level)> _kinds = new([(BlockKind.Paragraph, 0)]);
    private int _start;
    private int _preformatted;
    private bool _space;

    public (string Text, IReadOnlyList<Block> Blocks) Write(INode? root)
    {
        // Children by index: asking a node for its next sibling searches its parent's list from the start.
        var open = new Stack<(INode Node, int Child)>();
        Visit(root, open);
        while (open.TryPop(out var place))
        {
            if (place.Child == place.Node.ChildNodes.Length)
            {
                Leave(place.Node);
                continue;
            }

            open.Push((place.Node, place.Child + 1));
            Visit(place.Node.ChildNodes[place.Child], open);
        }

        Close();
        return (_text.ToString().TrimEnd(), _blocks);
    }

    private void Visit(INode? node, Stack<(INode Node, int Child)> open)
    {
        if (node is not null && Enter(node))
        {
            open.Push((node, 0));
        }
    }

    private bool Enter(INode node)
    {
        if (node is IText words)
        {
            Append(words.Data);
            return false;
        }

        if (node is not IElement element || IsBoilerplate(element))
        {
            return false;
        }

        Open(element.LocalName);
        return true;
    }

    private static bool IsBoilerplate(IElement element) => Boilerplate.Contains(element.LocalName) || element.HasAttribute("hidden");

    private void Open(string name)
    {
        if (name == "br")
        {
            Break();
        }
        else if (name is "td" or "th")
        {
            Cell();
        }
        else if (Own.Contains(name))
        {
            Close();
            _kinds.Push(KindOf(name, _kinds.Peek()));
            _preformatted += name == "pre" ? 1 : 0;
        }
    }

    private void Leave(INode node)
    {
        if (node is IElement element && Own.Contains(element.LocalName))
        {
            Close();
            _kinds.Pop();
            _preformatted -= element.LocalName == "pre" ? 1 : 0;
        }
    }

    /// <summary>What an element makes of its text; one that says nothing (div, p) leaves it what it was.</summary>
    private static (BlockKind Kind, int Level) KindOf(string name, (BlockKind Kind, int Level) outer) =>
        name switch
        {
            // A heading inside a cell, an item or a quotation heads nothing.
            ['h', >= '1' and <= '6' and var level] when outer.Kind == BlockKind.Paragraph => (BlockKind.Heading, level - '0'),
            "li" or "dt" or "dd" => (BlockKind.ListItem, 0),
            "pre" => (BlockKind.Code, 0),
            "tr" => (BlockKind.Table, 0),
            "blockquote" => (BlockKind.Quote, 0),
            _ => outer,
        };

    private void Append(string words)
    {
        if (_preformatted > 0)
        {
            _text.Append(words);
            return;
        }

        foreach (var c in words)
        {
            if (char.IsWhiteSpace(c))
            {
                _space = true;
                continue;
            }

            if (_space && _text.Length > _start && _text[^1] != '\n')
            {
                _text.Append(' ');
            }

            _space = false;
            _text.Append(c);
        }
    }

    private void Break()
    {
        if (_text.Length > _start)
        {
            _text.Append('\n');
        }
    }

    private void Cell()
    {
        if (_text.Length > _start)
        {
            _text.Append(" | ");
        }

        _space = false;
    }

    private void Close()
    {
        while (_text.Length > _start && char.IsWhiteSpace(_text[^1]))
        {
            _text.Length--;
        }

        var start = _start;
        while (start < _text.Length && char.IsWhiteSpace(_text[start]))
        {
            start++;
        }

        if (start < _text.Length)
        {
            var (kind, level) = _kinds.Peek();
            _blocks.Add(new Block(kind, start, _text.Length - start, level));
            _text.Append("\n\n");
            _start = _text.Length;
        }

        _space = false;
    }
}
