import type { Shell } from "./Shells.ts"

const bash = `# bash completion for todo, made by \`todo completion bash\`.
# What is completed is data: nothing of it is expanded or run.
_todo() {
  local line what=
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $what ]]; then what=$line; else COMPREPLY+=("$line"); fi
  done < <(command todo complete bash "\${COMP_LINE:0:COMP_POINT}" "\${2-}" \\
    "\${COMP_TYPE-}" "\${COLUMNS-}" 2>/dev/null </dev/null)
  compopt -o nosort 2>/dev/null
  if [[ $what == nospace ]]; then compopt -o nospace 2>/dev/null; fi
  if [[ $what == files ]]; then compopt -o default 2>/dev/null; fi
}
complete -F _todo todo
`

const zsh = `#compdef todo
# zsh completion for todo, made by \`todo completion zsh\`.
# What is completed is data: nothing of it is expanded or run, and zsh quotes what it puts on the command line.
_todo() {
  local value shown what
  local -a values displays
  while IFS=$'\\t' read -r value shown; do
    if [[ -z $what ]]; then
      what=$value
    else
      values+=("$value")
      displays+=("$shown")
    fi
  done < <(command todo complete zsh "\${COLUMNS:-80}" "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)
  if [[ $what == files ]]; then
    _files
  elif (( \${#values} == 0 )); then
    return 1
  elif [[ $what == nospace ]]; then
    compadd -V todo -S '' -d displays -a values
  elif [[ "\${displays[*]}" == "\${values[*]}" ]]; then
    compadd -V todo -a values
  else
    compadd -V todo -l -d displays -a values
  fi
}
if [[ "\${funcstack[1]}" == _todo ]]; then
  _todo "$@"
else
  compdef _todo todo
fi
`

const fish = `# fish completion for todo, made by \`todo completion fish\`.
# What is completed is data: nothing of it is expanded or run, and fish quotes what it puts on the command line.
function __todo_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (command todo complete fish $words[2..-1] "$current" 2>/dev/null </dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case '*'
            if set -q lines[2]
                printf '%s\\n' $lines[2..-1]
            end
    end
end
complete -c todo -e
complete -c todo -k -f -a '(__todo_complete)'
`

const powershell = `# PowerShell completion for todo, made by \`todo completion powershell\`.
# What is completed is data: nothing of it is expanded or run, and it comes quoted.
Register-ArgumentCompleter -Native -CommandName todo -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $program = Get-Command todo -CommandType Application, ExternalScript -ErrorAction SilentlyContinue | Select-Object -First 1
  if ($null -eq $program) { return }
  $text = $commandAst.Extent.Text
  $length = [Math]::Max(0, $cursorPosition - $commandAst.Extent.StartOffset)
  $text = $text.PadRight($length).Substring(0, $length)
  $line = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
  $encoding = [Console]::OutputEncoding
  try {
    [Console]::OutputEncoding = [Text.Encoding]::UTF8
    $lines = @(& $program.Source complete powershell $line 2>$null)
  } finally {
    [Console]::OutputEncoding = $encoding
  }
  $lines | Select-Object -Skip 1 | ForEach-Object {
    $value, $shown, $about = $_ -split "\`t"
    [System.Management.Automation.CompletionResult]::new($value, $shown, 'ParameterValue', $about)
  }
}
`

/** What each shell reads to have \`todo\` completed. They ask \`todo complete\` each time, so that they stay the same. */
export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell }
