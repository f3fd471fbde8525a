using System.Text;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>Keeps the framework from reading a form before the page does: it would write the whole file to disk first.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class StreamedFormAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

/// <summary>A form whose last field is a file, read as it comes in.</summary>
internal sealed class FileUpload
{
    const int MostFields = 10, LongestField = 4096, LongestBoundary = 200;

    readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    readonly MultipartReader reader;

    FileUpload(MultipartReader reader) => this.reader = reader;

    /// <summary>Null when none was chosen.</summary>
    public Stream? Content { get; private set; }

    public string? FileName { get; private set; }

    public string? this[string field] => fields.GetValueOrDefault(field);

    /// <summary>Reads up to the file; null when it is no such form.</summary>
    public static async Task<FileUpload?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > LongestBoundary) return null;
        var upload = new FileUpload(new MultipartReader(boundary, request.Body));
        for (int i = 0; i < MostFields && await upload.NextAsync(ct); i++)
            if (upload.Content is not null) break;
        return upload;
    }

    /// <summary>What is behind the file is read too: a browser does not listen before it has sent all.</summary>
    public async Task ReadRestAsync(CancellationToken ct)
    {
        while (await reader.ReadNextSectionAsync(ct) is { } section) await section.Body.CopyToAsync(Stream.Null, ct);
    }

    async Task<bool> NextAsync(CancellationToken ct)
    {
        if (await reader.ReadNextSectionAsync(ct) is not { } section) return false;
        if (section.GetContentDispositionHeader() is not { } head) return true;
        if (section.AsFileSection() is { FileName.Length: > 0 } file) (Content, FileName) = (section.Body, Path.GetFileName(file.FileName));
        else fields[HeaderUtilities.RemoveQuotes(head.Name).ToString()] = await TextAsync(section.Body, ct);
        return true;
    }

    static async Task<string> TextAsync(Stream body, CancellationToken ct)
    {
        byte[] bytes = new byte[LongestField];
        int length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
