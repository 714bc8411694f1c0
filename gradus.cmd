@echo off
rem Runs the gradus command: finds a JDK of version 25 or newer, builds once if needed, starts.
rem Without delayed expansion: arguments may hold exclamation marks.
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_DIR=%~dp0"
set "JDK="
if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined JDK for /f "delims=" %%J in ('where java 2^>nul') do if not defined JDK call :try "%%~dpJ.."
if not defined JDK for /d %%D in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do if not defined JDK call :try "%%~D"
if not defined JDK (
  echo gradus: a JDK of version 25 or newer is needed, but none was found; install one ^(for example Temurin, https://adoptium.net^) and set JAVA_HOME to it 1>&2
  exit /b 2
)
rem The benchmarks measure from outside: they have a folder and a start of their own.
set "MODULE=examples"
if /i "%~1"=="bench" set "MODULE=benchmarks"
set "LIB=%HOME_DIR%%MODULE%\target\lib"
if exist "%LIB%\gradus-%MODULE%-*.jar" goto start
where mvn >nul 2>nul
if errorlevel 1 (
  echo gradus: Maven is needed to build, but mvn was not found; install Maven 3.8 or newer 1>&2
  exit /b 2
)
echo gradus: building once, this takes a minute ... 1>&2
set "LOG=%TEMP%\gradus-build.log"
set "CALLER_HOME=%JAVA_HOME%"
set "JAVA_HOME=%JDK%"
pushd "%HOME_DIR%"
call mvn -B -ntp -q -DskipTests -Dmaven.javadoc.skip=true -Dmaven.source.skip=true package >"%LOG%" 2>&1
set "BUILD=%errorlevel%"
popd
set "JAVA_HOME=%CALLER_HOME%"
if not "%BUILD%"=="0" goto failed

:start
if "%MODULE%"=="benchmarks" goto bench
"%JDK%\bin\java.exe" -XX:+UseParallelGC --add-modules jdk.incubator.vector --enable-native-access=dev.gradus.core,org.jline.nativ --module-path "%LIB%" --module dev.gradus.examples/dev.gradus.command.Main %*
exit /b %errorlevel%

:bench
"%JDK%\bin\java.exe" -XX:+UseParallelGC --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED --class-path "%LIB%\*" dev.gradus.benchmarks.Main %*
exit /b %errorlevel%

:failed
type "%LOG%" 1>&2
echo gradus: the build failed; the whole log is in "%LOG%" 1>&2
exit /b 2

:try
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  for /f "tokens=1 delims=.-+" %%M in ("%%~V") do if %%M GEQ 25 set "JDK=%~1"
)
exit /b 0
