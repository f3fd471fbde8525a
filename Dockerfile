# The app alone: PostgreSQL is a service of its own (docker-compose.yml).
FROM node:24-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The build bundles the front end with Node.js.
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src
# What is restored changes less often than the code: these layers stay.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/CxSurveys.Scoring/CxSurveys.Scoring.csproj src/CxSurveys.Scoring/packages.lock.json src/CxSurveys.Scoring/
COPY src/CxSurveys.Web/CxSurveys.Web.csproj src/CxSurveys.Web/FrontEnd.targets src/CxSurveys.Web/packages.lock.json src/CxSurveys.Web/
RUN dotnet restore src/CxSurveys.Web --locked-mode
COPY .editorconfig ./
COPY src src
RUN dotnet publish src/CxSurveys.Web -c Release --no-restore -p:BundlePostgres=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# A named volume takes over this folder's owner.
RUN mkdir /data && chown $APP_UID /data && chmod 700 /data
ENV ASPNETCORE_URLS=http://+:8080 CxSurveys__DataFolder=/data DOTNET_EnableDiagnostics=0
VOLUME /data
EXPOSE 8080
USER $APP_UID
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["dotnet", "CxSurveys.Web.dll", "health"]
ENTRYPOINT ["dotnet", "CxSurveys.Web.dll"]
CMD ["serve"]
