using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>
/// A survey's texts as XLIFF 2.0 (OASIS), the form that translators' programs read: a unit a text, its id the unit's. What is exported
/// and imported again is the same to the last character.
/// </summary>
internal static class Xliff
{
    static readonly XNamespace Ns = "urn:oasis:names:tc:xliff:document:2.0";
    static readonly XName PreserveSpace = XNamespace.Xml + "space";

    public static byte[] Write(string survey, string from, string to, IReadOnlyList<TranslatedText> texts)
    {
        var root = new XElement(Ns + "xliff", new XAttribute("version", "2.0"), new XAttribute("srcLang", from), new XAttribute("trgLang", to),
            new XElement(Ns + "file", new XAttribute("id", survey), texts.Where(t => t.Source is not null).Select(Unit)));
        using var stream = new MemoryStream();
        // Line ends other than "\n" are written as references: a reader would make "\n" of them.
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineHandling = NewLineHandling.Entitize, NewLineChars = "\n" })) root.Save(writer);
        return stream.ToArray();
    }

    static XElement Unit(TranslatedText text) => new(Ns + "unit", new XAttribute("id", text.Unit.Id),
        new XElement(Ns + "segment", new XAttribute("state", text.Target is null ? "initial" : "translated"),
            Text("source", text.Source!),
            text.Target is { } target ? Text("target", target) : null));

    static XElement Text(string name, string text) => new(Ns + name, new XAttribute(PreserveSpace, "preserve"), Content(text));

    // XML has no way to write most control characters; XLIFF has one of its own.
    static IEnumerable<object> Content(string text)
    {
        var plain = new StringBuilder();
        foreach (char c in text)
        {
            if (XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))
            {
                plain.Append(c);
                continue;
            }
            yield return new XText(plain.ToString());
            plain.Clear();
            yield return new XElement(Ns + "cp", new XAttribute("hex", ((int)c).ToString("X4", CultureInfo.InvariantCulture)));
        }
        yield return new XText(plain.ToString());
    }

    /// <summary>Errors say which line, and which unit.</summary>
    public static ImportedTexts? Read(Stream file, Errors errors)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            document = XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException e)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"line {Math.Max(1, e.LineNumber)}"), $"This is not well-formed XML: {e.Message}");
            return null;
        }
        if (document.Root is not { } root || root.Name != Ns + "xliff" || root.Attribute("version")?.Value is not ['2', '.', ..])
        {
            errors.Add("line 1", "This is no XLIFF 2 file: its root must be xliff, version 2.0, in the namespace urn:oasis:names:tc:xliff:document:2.0.");
            return null;
        }
        if (root.Attribute("trgLang")?.Value is not { Length: > 0 } to)
        {
            errors.Add(Line(root), "The attribute trgLang is needed: the language of the targets.");
            return null;
        }
        var units = root.Descendants(Ns + "unit").Select(unit => Unit(unit, to, errors)).OfType<ImportedText>().ToList();
        return new ImportedTexts(root.Attribute("srcLang")?.Value, units);
    }

    static ImportedText? Unit(XElement unit, string to, Errors errors)
    {
        string place = Line(unit), id = unit.Attribute("id")?.Value ?? "";
        if (id.Length == 0)
        {
            errors.Add(place, "A unit without an id.");
            return null;
        }
        // A translator's program may cut a unit into sentences; put together again they are the text.
        var segments = unit.Elements().Where(e => e.Name == Ns + "segment" || e.Name == Ns + "ignorable").ToList();
        string source = string.Concat(segments.Select(s => Text(s.Element(Ns + "source"), id, errors)));
        bool translated = segments.Where(s => s.Name == Ns + "segment").Any(s => s.Element(Ns + "target") is not null);
        string target = translated ? string.Concat(segments.Select(s => Text(s.Element(Ns + "target") ?? (s.Name == Ns + "ignorable" ? s.Element(Ns + "source") : null), id, errors))) : "";
        return new ImportedText(place, id, source, new Dictionary<string, string> { [to] = target });
    }

    static string Text(XElement? element, string unit, Errors errors)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            if (node is XText words) text.Append(words.Value);
            else if (node is XElement part && part.Name == Ns + "cp" && ushort.TryParse(part.Attribute("hex")?.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort code)) text.Append((char)code);
            else if (node is XElement mark && mark.Name == Ns + "mrk") text.Append(Text(mark, unit, errors));
            else if (node is XElement other) errors.Add(Line(other), $"Unit {unit}: the element {other.Name.LocalName} stands for formatting, which these texts do not have.");
        }
        return text.ToString();
    }

    static string Line(XObject node) => string.Create(CultureInfo.InvariantCulture, $"line {((IXmlLineInfo)node).LineNumber}");
}
