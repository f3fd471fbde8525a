using Microsoft.OpenApi;

namespace CxSurveys.Web.Platform;

/// <summary>Names query parameters in the API reference where an endpoint reads the address itself.</summary>
internal static class QueryDocs
{
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params (string Name, string Description)[] parameters) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var (name, description) in parameters)
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Query,
                    Description = description,
                    Required = name == "kind" && description.StartsWith("Needed", StringComparison.Ordinal),
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }
            return Task.CompletedTask;
        });
}
